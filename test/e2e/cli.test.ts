import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bench } from '../../src/index.ts'
import { type EmbeddedEngine, startEmbeddedEngine } from '../../src/testing.ts'
import { runMetron, startMetron, temporaryFolder } from './run-metron.ts'

let engine: EmbeddedEngine
const folder = temporaryFolder()
const cwd = folder.path

beforeAll(async () => {
  engine = await startEmbeddedEngine({ model: 'sim:fast' })
})
afterAll(async () => {
  await engine.close()
  folder[Symbol.dispose]()
})

const manifestOf = (name: string) =>
  JSON.parse(readFileSync(join(cwd, 'runs', name, 'manifest.json'), 'utf8'))
/** A run long enough to be interrupted. */
const longRun = (name: string): string[] => [
  'bench',
  engine.url,
  '--name',
  name,
  '--duration',
  '60s',
  '--warmup',
  '0',
  '--rate',
  '40/s',
  '--output-tokens',
  '60',
]

test('bench without a URL measures the embedded engine and says where the report is', async () => {
  const { code, stdout, stderr } = await runMetron(
    ['bench', '--engine', 'sim:fast', '--duration', '2s', '--warmup', '0', '--name', 'embedded'],
    { cwd },
  )
  expect(stderr).toContain('Starting the embedded engine')
  expect(stdout).toMatch(/Felt smooth|Did not feel smooth/)
  expect(stdout).toContain('Report      runs/embedded/report.html')
  expect(stdout).not.toContain('\u001b[')
  expect(code).toBe(0)
  expect(readdirSync(join(cwd, 'runs/embedded')).sort()).toEqual(
    ['journal.jsonl', 'manifest.json', 'report.html', 'requests.parquet', 'summary.json'].sort(),
  )
})

test('bench --json prints one JSON document and nothing else on standard output', async () => {
  const { code, stdout } = await runMetron(
    ['bench', engine.url, '--json', '--requests', '20', '--users', '4', '--warmup', '0', '--name', 'json'],
    { cwd },
  )
  expect(code).toBe(0)
  const document = JSON.parse(stdout)
  expect(document.summary.counts).toMatchObject({ measured: 20, ok: 20 })
  expect(document.command).toMatch(/^metron bench http:.* --seed \d+$/)
})

test('objectives decide the exit code', async () => {
  const run = async (...args: string[]) =>
    (
      await runMetron(
        ['bench', engine.url, '--warmup', '0', '--users', '4', '--output-tokens', '4', ...args],
        { cwd },
      )
    ).code
  expect(await run('--requests', '70', '--slo', 'ttft<=10s@p90', '--slo', 'errors<=5%')).toBe(0)
  expect(await run('--requests', '70', '--slo', 'ttft<=1us@p90')).toBe(1)
  expect(await run('--requests', '20', '--slo', 'fluidity>=0.1@99%')).toBe(4)
})

test('a server that is not there is exit code 3 with the reason, and leaves no run behind', async () => {
  const { code, stderr } = await runMetron(['bench', 'http://127.0.0.1:1/v1', '--name', 'absent'], { cwd })
  expect(stderr).toMatch(/refused/)
  expect(code).toBe(3)
  expect(existsSync(join(cwd, 'runs/absent'))).toBe(false)
})

test('a runs folder that cannot be made is exit code 3 and names it', async () => {
  writeFileSync(join(cwd, 'a-file'), '')
  const { code, stderr } = await runMetron(['bench', engine.url, '--runs', 'a-file/runs'], { cwd })
  expect(stderr).toContain('a-file')
  expect(code).toBe(3)
})

test('a disk that fills up ends the run with the reason and keeps what was written', async () => {
  const { code, stderr } = await runMetron([...longRun('full-disk')], { cwd, shellPrefix: 'ulimit -f 100' })
  expect(stderr).toMatch(/cannot write .*journal\.jsonl/)
  expect(code).toBe(3)
  const report = await runMetron(['report', 'runs/full-disk'], { cwd })
  expect(report.stderr).toContain('The run had not been finished')
}, 60_000)

test('Ctrl-C once lets answers finish and writes the run', async () => {
  const metron = startMetron(longRun('stopped'), { cwd })
  await metron.seen(/ended [1-9]/)
  metron.child.kill('SIGINT')
  const { code, stdout, stderr } = await metron.ended
  expect(stderr).toContain('answers may finish')
  expect(stdout).toContain('Report      runs/stopped/report.html')
  expect(code).toBe(130)
  expect(manifestOf('stopped').status).toBe('interrupted')
  const summary = JSON.parse(readFileSync(join(cwd, 'runs/stopped/summary.json'), 'utf8'))
  expect(summary.counts.measured).toBeGreaterThan(0)
  expect(summary.counts.failed).toBe(0)
})

test('Ctrl-C twice ends everything at once and still writes the run', async () => {
  const slow = await startEmbeddedEngine({ model: 'sim:slow' })
  try {
    const metron = startMetron(
      [
        'bench',
        slow.url,
        '--name',
        'aborted',
        '--duration',
        '60s',
        '--warmup',
        '0',
        '--rate',
        '10/s',
        '--output-tokens',
        '2000',
      ],
      { cwd },
    )
    await metron.seen(/in flight [1-9]/)
    metron.child.kill('SIGINT')
    await metron.seen(/answers may finish/)
    metron.child.kill('SIGINT')
    const { code } = await metron.ended
    expect(code).toBe(130)
    const summary = JSON.parse(readFileSync(join(cwd, 'runs/aborted/summary.json'), 'utf8'))
    expect(summary.counts.failures.unfinished).toBeGreaterThan(0)
  } finally {
    await slow.close()
  }
})

test('a run killed with SIGKILL loses no request that had ended, and report works on it', async () => {
  const metron = startMetron(longRun('killed'), { cwd })
  await metron.seen(/ended [1-9]\d/)
  const ended = Number(/ended (\d+)(?![\s\S]*ended \d)/.exec(metron.stderr())![1])
  metron.child.kill('SIGKILL')
  expect((await metron.ended).signal).toBe('SIGKILL')
  expect(manifestOf('killed').status).toBe('running')
  const { stdout, stderr } = await runMetron(['report', 'runs/killed', '--json'], { cwd })
  const document = JSON.parse(stdout)
  expect(document.summary.counts.measured).toBeGreaterThanOrEqual(ended)
  expect(stderr).toContain('The run had not been finished')
  expect(document.status).toBe('interrupted')
  expect(existsSync(join(cwd, 'runs/killed/report.html'))).toBe(true)
})

test('list shows runs, newest first, and explain shows where each value came from', async () => {
  const list = await runMetron(['list', '--json'], { cwd })
  const runs: { name: string; startedAt: string }[] = JSON.parse(list.stdout)
  expect(runs.map(({ name }) => name)).toContain('embedded')
  expect(runs.map(({ startedAt }) => startedAt)).toEqual(
    runs
      .map(({ startedAt }) => startedAt)
      .toSorted()
      .toReversed(),
  )
  const explain = await runMetron(['explain', '--rate', '3/s', '--header', 'authorization: Bearer hush'], {
    cwd,
    env: { METRON_LOAD_DRAIN: '7s' },
  })
  expect(explain.stdout).toMatch(/load\.rate +"3\/s" +--rate/)
  expect(explain.stdout).toMatch(/load\.drain +"7s" +METRON_LOAD_DRAIN/)
  expect(explain.stdout).not.toContain('hush')
})

test('sim serves until Ctrl-C and logs the truth', async () => {
  const sim = startMetron(['sim', '--port', '0', '--log', 'truth.jsonl', '--engine', 'sim:fast'], { cwd })
  while (!sim.stdout().includes('Ctrl-C'))
    await new Promise((resolve) => sim.child.stdout!.once('data', resolve))
  const url = /http:\S+/.exec(sim.stdout())![0]
  const { code } = await runMetron(['bench', url, '--requests', '5', '--rate', '50/s', '--warmup', '0'], {
    cwd,
  })
  sim.child.kill('SIGINT')
  expect((await sim.ended).code).toBe(0)
  expect(code).toBe(0)
  const truths = readFileSync(join(cwd, 'truth.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(truths.filter(({ outcome }) => outcome === 'finished').length).toBeGreaterThanOrEqual(5)
})

test('Ctrl-C before the first request ends with a run that says so', async () => {
  const stopped = AbortSignal.abort()
  const { manifest, summary } = await bench(
    {
      target: { url: engine.url },
      load: { rate: '40/s', duration: '60s' },
      output: { runs: join(cwd, 'runs') },
    },
    { stop: stopped },
  )
  expect(manifest.status).toBe('interrupted')
  expect(summary.counts.measured).toBe(0)
})
