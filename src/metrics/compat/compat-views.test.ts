import { expect, test } from 'vitest'
import { makeRecord } from '../../../test/make-record.ts'
import { compatRun } from './compat-run.ts'
import { COMPAT_VIEWS } from './compat-views.ts'

const MS = 1e6
const OPTIONS = { ttftDeadlineNs: () => 150 * MS, tbtDeadlineNs: 25 * MS, measureFromNs: 0 }

/** An answer whose chunks and end are given in ms since it was dispatched, which is when it was due. */
function answer(id: number, atMs: number, chunksMs: readonly number[], endMs: number, parts: object) {
  return makeRecord({
    id,
    dueNs: atMs * MS,
    dispatchedNs: atMs * MS,
    arrivalsNs: chunksMs.map((ms) => ms * MS),
    endNs: (atMs + endMs) * MS,
    ...parts,
  })
}

/** Three answers, of 4, 3 and 1 tokens (the second in two chunks), and a failure. Every expectation below is worked out by hand. */
const RECORDS = [
  answer(0, 0, [100, 120, 140, 240], 250, { promptTokens: 10 }),
  answer(1, 1000, [200, 210], 215, { promptTokens: 30, tokens: [2, 1] }),
  answer(2, 2000, [], 100, { failure: 'http-status' }),
  answer(3, 3000, [50], 60, { promptTokens: 20 }),
]

function numbersOf(kind: string, records = RECORDS): Record<string, number | null> {
  const view = COMPAT_VIEWS.find((each) => each.kind === kind)!
  return Object.fromEntries(view.rows(compatRun(records, OPTIONS)).map(({ name, value }) => [name, value]))
}

function expectNumbers(kind: string, expected: Readonly<Record<string, number>>): void {
  const numbers = numbersOf(kind)
  for (const [name, value] of Object.entries(expected)) expect(numbers[name], name).toBeCloseTo(value, 4)
}

test('vllm bench serve: chunk gaps are pooled, TPOT is (E2EL - TTFT)/(n - 1), std is of the population', () => {
  expectNumbers('vllm', {
    completed: 3,
    failed: 1,
    duration: 3.06,
    total_input_tokens: 60,
    total_output_tokens: 8,
    request_throughput: 3 / 3.06,
    output_throughput: 8 / 3.06,
    total_token_throughput: 68 / 3.06,
    mean_ttft_ms: 350 / 3,
    median_ttft_ms: 100,
    std_ttft_ms: 62.36096,
    p99_ttft_ms: 198,
    mean_tpot_ms: (140 / 3 + 5) / 2,
    mean_itl_ms: 37.5,
    median_itl_ms: 20,
    p99_itl_ms: 97.6,
    mean_e2el_ms: 500 / 3,
  })
})

test('sglang.bench_serving: E2E ends with the stream, and TPOT with it', () => {
  expectNumbers('sglang', {
    mean_e2e_latency_ms: 175,
    mean_tpot_ms: (50 + 7.5) / 2,
    mean_itl_ms: 37.5,
    p95_itl_ms: 88,
    max_itl_ms: 100,
    total_throughput: 68 / 3.06,
    concurrency: 0.525 / 3.06,
  })
})

test('GenAI-Perf: inter-token latency is a mean of a request, rates end with the last answered chunk', () => {
  expectNumbers('genai-perf', {
    'time_to_first_token.avg': 350 / 3,
    'time_to_second_token.avg': 15,
    'request_latency.max': 240,
    'inter_token_latency.avg': (140 / 3 + 5) / 2,
    'output_token_throughput_per_user.avg': (1000 / (140 / 3) + 200) / 2,
    output_token_throughput: 8 / 3.05,
    request_throughput: 3 / 3.05,
  })
})

test('AIPerf: as GenAI-Perf, with gaps of chunks and rates that include the time to first token', () => {
  expectNumbers('aiperf', {
    'inter_token_latency.avg': (140 / 3 + 5) / 2,
    'inter_chunk_latency.avg': 37.5,
    'inter_chunk_latency.p99': 97.6,
    'e2e_output_token_throughput.avg': (4 / 0.24 + 3 / 0.21 + 1 / 0.05) / 3,
    request_count: 3,
    error_request_count: 1,
  })
})

test('GuideLLM: TPOT includes the first token, ITL is weighted by tokens, percentiles are of nearest rank', () => {
  expectNumbers('guidellm', {
    'request_latency.mean': 0.175,
    'time_to_first_token_ms.median': 100,
    'time_to_first_token_ms.p95': 200,
    'time_per_output_token_ms.mean': 60,
    'time_per_output_token_ms.median': 60,
    'inter_token_latency_ms.mean': 30,
    'inter_token_latency_ms.median': 140 / 3,
    requests_per_second: 3 / 3.06,
    'request_totals.errored': 1,
  })
})

test('LLMPerf: inter-token latency includes the first token, each request counts once, stddev is of a sample', () => {
  expectNumbers('llmperf', {
    results_ttft_s_mean: 0.35 / 3,
    results_ttft_s_stddev: 0.0763763,
    results_ttft_s_quantiles_p99: 0.198,
    results_end_to_end_latency_s_mean: 0.175,
    results_inter_token_latency_s_mean: (0.06 + 0.105 + 0.05) / 3,
    results_request_output_throughput_token_per_s_mean: (4 / 0.25 + 3 / 0.215 + 1 / 0.06) / 3,
    results_mean_output_throughput_token_per_s: 8 / 3.06,
    results_num_completed_requests_per_min: 180 / 3.06,
    results_error_rate: 0.25,
  })
})

test('Etalon: a chunk is a token, misses are of Algorithm 1, the deadline-based throughput ignores first tokens', () => {
  expectNumbers('etalon', {
    'Error Rate': 0.25,
    service_level_deadline_miss_rate: 4 / 9,
    'Time to First Token (Mean)': 0.35 / 3,
    'Time Between Tokens (P99)': 0.0976,
    'Time per Output Token (Mean)': (140 / 3 + 10) / 3 / 1000,
    tpot_based_throughput: 1000 / ((140 / 3 + 10) / 3),
    tbt_based_throughput: 1 / 0.0976,
    deadline_based_throughput: 1 / 0.0463,
  })
})

test('time that a request waited in the client is in no number of any tool', () => {
  const late = RECORDS.map((record) => ({
    ...record,
    moments: { ...record.moments, dueNs: Math.max(0, record.moments.dueNs - 500 * MS) },
  }))
  for (const { kind } of COMPAT_VIEWS) expect(numbersOf(kind, late), kind).toEqual(numbersOf(kind))
})

test('warm-up is left out', () => {
  const view = COMPAT_VIEWS[0]!
  const run = compatRun(RECORDS, { ...OPTIONS, measureFromNs: 1000 * MS })
  expect(view.rows(run)[0]).toMatchObject({ name: 'completed', value: 2 })
})

test.each(COMPAT_VIEWS)(
  '$kind: without requests nothing is 0 but counts; names are unique',
  ({ kind, rows }) => {
    const empty = rows(compatRun([], OPTIONS))
    const invented = empty.filter(
      ({ value, unit }) => value !== null && !['requests', 'tokens'].includes(unit),
    )
    expect(invented, kind).toEqual([])
    expect(new Set(empty.map(({ name }) => name)).size).toBe(empty.length)
  },
)
