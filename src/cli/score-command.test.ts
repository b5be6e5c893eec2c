import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'metron-score-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))
const sample = fileURLToPath(new URL('../../test/fixtures/imports/vllm.json', import.meta.url))

async function run(...args: string[]) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const env = { METRON_SCORE_TBT_DEADLINE: '1ms' }
  const code = await runCli(args, { stdout, stderr, env })
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }
}

test('a score prints the run by the given options and exits as bench does', async () => {
  const missed = await run('score', sample, '--slo', 'errors<=1%')
  expect(missed.stdout).toContain('errors<=1%')
  expect(missed.code).toBe(4)
  expect((await run('score', sample)).code).toBe(0)
})

test('the environment does not change how a stored run is judged', async () => {
  const { stdout } = await run('score', sample, '--json')
  expect(JSON.parse(stdout).summary.options.tbtDeadlineNs).toBe(50e6)
})

test("vLLM's own numbers come back from its file by --compat vllm", async () => {
  const { stdout, code } = await run('score', sample, '--compat', 'vllm', '--json')
  const { rows } = JSON.parse(stdout) as { rows: { name: string; value: number }[] }
  const numbers = Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  // From the lists of the file, by numpy: ttfts 0.2, 0.25, 0.1 s; itls pooled; the failed request left out.
  expect(numbers).toMatchObject({ completed: 3, failed: 1, total_output_tokens: 9, median_ttft_ms: 200 })
  expect(numbers.mean_ttft_ms).toBeCloseTo(550 / 3, 6)
  expect(numbers.mean_itl_ms).toBeCloseTo((0.1 + 20 + 20 + 300 + 20 + 40) / 6, 6)
  expect(numbers.mean_tpot_ms).toBeCloseTo((340.1 / 3 + 20 / 1 + 40 / 2) / 3, 6)
  expect(code).toBe(0)
})

test('an import makes a run folder that list shows and report makes again', async () => {
  const imported = await run('import', sample, '--runs', folder, '--as', 'theirs')
  expect(imported.stdout).toContain('theirs')
  expect((await run('list', '--runs', folder)).stdout).toContain('theirs')
  const report = await run('report', join(folder, 'theirs'), '--compat', 'llmperf')
  expect(report.stdout).toContain('results_inter_token_latency_s_mean')
})

test('bad usage is exit code 2 and says what is wrong', async () => {
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{\n "ttfts": [0.2,\n')
  for (const [args, says] of [
    [['score', broken], 'broken.json line 2: it is not valid JSON'],
    [['import', broken], 'broken.json line 2'],
    [['import', sample, '--format', 'vlm'], 'vllm, sglang'],
    [['score', sample, '--compat', 'wrk'], 'guidellm'],
    [['score', sample, '--slo', 'ttfx<=1s@p90'], 'ttfx'],
    [['score', sample, '--warmup', 'soon'], 'duration'],
    [['score', sample, '--save'], 'no run folder'],
    [['score', sample, '--rate', '4/s'], "unknown option '--rate'"],
  ] as const) {
    const { code, stderr } = await run(...args)
    expect(stderr).toContain(says)
    expect(code, says).toBe(2)
  }
})
