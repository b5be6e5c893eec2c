import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bench, type ConfigInput, type Manifest } from '../../src/index.ts'
import { startLightServer } from '../servers/light-server.ts'
import type { RawServer } from '../servers/raw-server.ts'
import { runMetron, temporaryFolder } from './run-metron.ts'

const BLOCK_THREADS = fileURLToPath(new URL('./block-threads.ts', import.meta.url))

let server: RawServer
let url: string
const folder = temporaryFolder()
const cwd = folder.path

beforeAll(async () => {
  server = await startLightServer()
  url = `${server.origin}/v1`
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(cwd, 'runs', name, 'manifest.json'), 'utf8'))

test('a busy loop in the sending threads voids the run: code 5, no objective judged, and what to change', async () => {
  const { code, stdout } = await runMetron(
    [
      'bench',
      url,
      '--name',
      'starved',
      '--json',
      ...['--duration', '2s', '--warmup', '0', '--rate', '50/s', '--output-tokens', '4'],
      ...['--slo', 'errors<=50%', '--slo', 'ttft<=1us@p90'],
    ],
    { cwd, nodeArgs: ['--import', BLOCK_THREADS] },
  )
  expect(code).toBe(5)
  const document = JSON.parse(stdout)
  expect(document.health.verdict).toBe('invalid')
  expect(document.health.reasons.join('\n')).toMatch(/Requests left .* late at p50 .*: use more workers/)
  expect(document.health.reasons.join('\n')).toMatch(/event loop of worker 0 was .* late at p99/)
  expect(document.felt.kind).toBe('void')
  expect(document.verdicts.map(({ status }: { status: string }) => status)).toEqual(['void', 'void'])
  expect(document.verdicts[0].explanation).toMatch(/^Not judged, the client was the limit/)

  const report = await runMetron(['report', 'runs/starved'], { cwd })
  expect(report.code).toBe(5)
  expect(report.stdout).toMatch(/Run is void/)
  expect(report.stdout).toMatch(/Instrument invalid \(client-limited\)/)
  expect(report.stdout.replaceAll(/\s+/g, ' ')).toMatch(/use more workers, a lower rate or another machine/)
  expect(report.stdout).toMatch(/not judged/)
  const html = readFileSync(join(cwd, 'runs/starved/report.html'), 'utf8')
  expect(html).toMatch(/client-limited[\s\S]*use more workers/)

  const list = await runMetron(['list', '--json'], { cwd })
  expect(JSON.parse(list.stdout)).toMatchObject([{ name: 'starved', status: 'complete', verdict: 'void' }])
})

test('a rate beyond what a thread can send voids the run', async () => {
  const { code, stdout } = await runMetron(
    [
      'bench',
      url,
      '--name',
      'beyond',
      '--workers',
      '1',
      ...['--duration', '2s', '--warmup', '0', '--rate', '20000/s', '--drain', '1s', '--output-tokens', '4'],
      ...['--slo', 'errors<=100%'],
    ],
    { cwd },
  )
  expect(stdout).toContain('Run is void')
  expect(code).toBe(5)
  const { health } = manifestOf('beyond')
  expect(health?.verdict).toBe('invalid')
  expect(health?.lag?.p50Ns).toBeGreaterThan(50e6)
}, 180_000)

const output = { runs: join(cwd, 'healthy') }
const workload = { output: { kind: 'fixed', tokens: 4 } }
const HEALTHY: Readonly<Record<string, () => ConfigInput>> = {
  'an open loop at 60/s': () => ({
    target: { url },
    load: { rate: '60/s', duration: '700ms', warmup: 0 },
    workload,
    output,
  }),
  'a closed loop of 2 users': () => ({
    target: { url },
    load: { users: 2, requests: 60, warmup: 0 },
    workload,
    output,
  }),
  'a burst of 50': () => ({
    target: { url },
    load: { arrivals: { kind: 'burst' }, requests: 50 },
    workload,
    output,
  }),
  'the embedded engine at 20/s': () => ({
    load: { rate: '20/s', duration: '700ms', warmup: 0 },
    workload,
    output,
  }),
}

test.each(Object.entries(HEALTHY))(
  'a healthy client is not called invalid in 5 repeats of %s',
  async (_, config) => {
    for (let repeat = 0; repeat < 5; repeat++) {
      const { manifest } = await bench(config())
      expect(manifest.health?.verdict, manifest.health?.reasons.join('\n')).toMatch(/^(valid|degraded)$/)
    }
  },
)
