/** Every benchmark, one after the other, each in a process of its own. Some five minutes. Run: `npm run bench:all`. */
import { spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'

const BENCHMARKS = [
  'stamping',
  'pipeline',
  'metrics',
  'quantiles',
  'prompts',
  'attribution',
  'storage',
  'simulator',
]

const failed = BENCHMARKS.filter((name) => {
  console.log(`\n# ${name} (load average ${loadavg()[0]!.toFixed(1)})\n`)
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  return spawnSync(process.execPath, [script], { stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
