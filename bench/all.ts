/**
 * Every benchmark of this folder, one after the other, each in a process of its own: some fifteen minutes.
 * Run: `npm run bench:all`, or `node bench/all.ts metrics storage` for some of them.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { basename, join } from 'node:path'

const here = import.meta.dirname
const all = readdirSync(here)
  .filter((name) => name.endsWith('.ts') && name !== 'all.ts')
  .map((name) => basename(name, '.ts'))
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all

console.log(`${cpus().length} x ${cpus()[0]?.model.trim()}, node ${process.version}`)
const failed = wanted.filter((name) => {
  console.log(`\n# ${name} (load average ${loadavg()[0]!.toFixed(1)})\n`)
  return spawnSync(process.execPath, [join(here, `${name}.ts`)], { stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
