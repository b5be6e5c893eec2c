// Builds dist/ with tsc. Plain JavaScript: it runs under whatever Node started npm.
import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = `${root}node_modules/typescript/bin/tsc`
if (existsSync(tsc)) {
  rmSync(`${root}dist`, { recursive: true, force: true })
  execFileSync(process.execPath, [tsc, '-p', `${root}tsconfig.build.json`], { stdio: 'inherit' })
} else {
  console.log('metron: TypeScript is not installed, nothing to build')
}
