import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'metron-dist-'))
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }

/** `npm` and `node` of the runtime under test, in the folder of the installed package. */
function run(command: string, args: readonly string[], cwd = folder): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
const metron = (...args: readonly string[]): string =>
  run(process.execPath, [join(folder, 'node_modules/.bin/metron'), ...args])

beforeAll(() => {
  run(process.execPath, [join(ROOT, 'scripts/build.mjs')], ROOT)
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], ROOT)
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  run('npm', [
    'install',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    `./metron-${version}.tgz`,
  ])
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the package holds what it needs and nothing else', () => {
  const installed = readdirSync(join(folder, 'node_modules/metron')).sort()
  expect(installed).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'package.json', 'schemas'].sort(),
  )
  const tests = readdirSync(join(folder, 'node_modules/metron/dist'), { recursive: true, encoding: 'utf8' })
  expect(tests.filter((file) => /\.test\.|\.ts$/.test(file) && !file.endsWith('.d.ts'))).toEqual([])
})

test('the installed command tells its version', () => {
  expect(metron('--version').trim()).toBe(version)
})

test('the installed command measures the embedded engine and makes the report again', () => {
  const output = metron(
    'bench',
    '--engine',
    'sim:fast',
    '--duration',
    '1s',
    '--warmup',
    '0',
    '--name',
    'packed',
  )
  expect(output).toContain('runs/packed/report.html')
  rmSync(join(folder, 'runs/packed/report.html'))
  metron('report', 'runs/packed')
  expect(existsSync(join(folder, 'runs/packed/report.html'))).toBe(true)
})

test('the installed library computes and runs', () => {
  mkdirSync(join(folder, 'program'), { recursive: true })
  writeFileSync(
    join(folder, 'program/main.js'),
    `import { bench, fluidityIndex } from 'metron'
     import { startEmbeddedEngine } from 'metron/testing'
     import 'metron/plugin'
     import schema from 'metron/schemas/manifest.schema.json' with { type: 'json' }
     const engine = await startEmbeddedEngine({ model: 'sim:fast' })
     const { summary } = await bench({ target: { url: engine.url }, load: { users: 2, requests: 6, warmup: '0' } })
     await engine.close()
     const { index } = fluidityIndex([1e6, 1e6], { ttftDeadlineNs: 2e6, tbtDeadlineNs: 2e6 })
     console.log(JSON.stringify({ ok: summary.counts.ok, index, title: typeof schema.properties }))`,
  )
  expect(JSON.parse(run(process.execPath, ['program/main.js']))).toEqual({ ok: 6, index: 1, title: 'object' })
})

test('the types of the package compile in a strict program', () => {
  writeFileSync(
    join(folder, 'program/types.ts'),
    `import { type ConfigInput, fluidityIndex, type RunSummary } from 'metron'
     import type { ArrivalProcess } from 'metron/plugin'
     export const config: ConfigInput = { load: { rate: '4/s', duration: '1m' } }
     export const index: number | null = fluidityIndex([1], { ttftDeadlineNs: 1, tbtDeadlineNs: 1 }).index
     export type Summary = RunSummary
     export type Process = ArrivalProcess
     // @ts-expect-error a misspelt option
     export const wrong: ConfigInput = { load: { rat: '4/s' } }`,
  )
  run(process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--typeRoots',
    join(ROOT, 'node_modules/@types'),
    join(folder, 'program/types.ts'),
  ])
})
