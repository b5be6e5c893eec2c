import { expect, test } from 'vitest'
import service from '../../test/fixtures/reference/service_vectors.json' with { type: 'json' }
import { makeRecord, type RecordParts } from '../../test/make-record.ts'
import { METRIC_CATALOG } from './catalog.ts'
import type { RunSummary } from './run-summary.ts'
import { type SummaryOptions, summarize } from './summarize.ts'

const MS = 1e6

const options: SummaryOptions = {
  origin: 'due',
  ttftDeadlineNs: () => service.ttft_deadline_s * 1e9,
  ttftDeadlineText: '300 ms',
  tbtDeadlineNs: service.tbt_deadline_s * 1e9,
  ignoreFirst: false,
  minFluidity: 0.9,
  requestFraction: 0.99,
  failedRequests: 'miss',
  measureFromNs: 0,
}

const serviceRecords = service.requests_inter_token_times_s.map((seconds, id) => {
  let nowNs = 0
  const arrivalsNs = seconds.map((s) => {
    nowNs += Math.round(s * 1e9)
    return nowNs
  })
  return makeRecord({ id, dueNs: id * 100 * MS, arrivalsNs })
})

const scalar = (summary: RunSummary, id: string) => summary.scalars.find((each) => each.id === id)!
const distribution = (summary: RunSummary, id: string) =>
  summary.distributions.find((each) => each.id === id)!

test("agrees with the paper's own code on a service of 60 requests", () => {
  const summary = summarize(serviceRecords, options)
  expect(scalar(summary, 'service-miss-rate').value).toBeCloseTo(service.service.miss_rate, 12)
  expect(scalar(summary, 'service-miss-rate').count).toBe(service.service.total)
  expect(scalar(summary, 'rate-by-mean-tpot').value).toBeCloseTo(service.tpot_based_throughput, 10)
  expect(scalar(summary, 'rate-by-p99-tbt').value).toBeCloseTo(service.tbt_based_throughput, 10)
  // Exact, where the reference's deadlines are up to 0.285 ms too long: see fluid-token-rate.test.ts.
  expect(scalar(summary, 'fluid-token-rate').value).toBeCloseTo(1.547403367057932, 12)
  const { deadlineCurve } = summary
  for (const [deadlineS, missRate] of service.p99_miss_rate_curve) {
    const at = deadlineCurve.tbtDeadlineNs.indexOf(Math.round(deadlineS! * 1e9))
    expect(deadlineCurve.p99[at]).toBeCloseTo(missRate!, 12)
  }
})

test('has a distribution or a scalar for every metric of the catalog, in its order', () => {
  const summary = summarize(serviceRecords, options)
  const ids = [...summary.distributions, ...summary.scalars].map(({ id }) => id)
  expect(ids).toEqual(METRIC_CATALOG.map(({ id }) => id))
})

test('measures from the first due moment to the last token, warm-up left out', () => {
  const summary = summarize(
    [
      makeRecord({ dueNs: 0, arrivalsNs: [9_000 * MS] }),
      makeRecord({ dueNs: 1_000 * MS, arrivalsNs: [100 * MS, 3_000 * MS], endNs: 8_000 * MS }),
      makeRecord({ dueNs: 2_000 * MS, arrivalsNs: [100 * MS, 120 * MS], promptTokens: 4 }),
    ],
    { ...options, measureFromNs: 1_000 * MS },
  )
  expect(summary.window).toEqual({ fromNs: 1_000 * MS, toNs: 4_000 * MS })
  expect(summary.counts).toMatchObject({ warmup: 1, measured: 2, ok: 2, failed: 0, outputTokens: 4 })
  expect(scalar(summary, 'request-throughput').value).toBeCloseTo(2 / 3, 12)
  expect(scalar(summary, 'output-token-throughput').value).toBeCloseTo(4 / 3, 12)
  expect(scalar(summary, 'total-token-throughput').value).toBeCloseTo(108 / 3, 12)
})

const fluent: RecordParts = { arrivalsNs: [100 * MS, 120 * MS, 140 * MS] }
const failed: RecordParts = { failure: 'http-status', wantedTokens: 3, endNs: 700 * MS }

test('counts failed requests as misses, and gives them no latencies', () => {
  const records = [...Array(3)].map(() => makeRecord(fluent)).concat(makeRecord(failed))
  const summary = summarize(records, options)
  expect(summary.counts).toMatchObject({ measured: 4, ok: 3, failed: 1, failures: { 'http-status': 1 } })
  expect(summary.window).toEqual({ fromNs: 0, toNs: 700 * MS })
  expect(distribution(summary, 'ttft')).toMatchObject({ count: 3, p99: 100 * MS })
  expect(distribution(summary, 'tbt')).toMatchObject({ count: 6, mean: 20 * MS })
  expect(distribution(summary, 'dispatch-lag').count).toBe(4)
  expect(scalar(summary, 'error-rate')).toEqual({ id: 'error-rate', value: 0.25, count: 4 })
  expect(scalar(summary, 'fluid-requests')).toEqual({ id: 'fluid-requests', value: 0.75, count: 4 })
  expect(scalar(summary, 'service-miss-rate')).toMatchObject({ value: 3 / 12, count: 12 })
  expect(scalar(summary, 'fluid-token-rate')).toMatchObject({ value: null, count: 4 })
  expect(summary.deadlineCurve.p99.at(-1)).toBeCloseTo(0.97, 12)
})

test('leaves failed requests out when asked to, but never out of the error rate', () => {
  const records = [...Array(3)].map(() => makeRecord(fluent)).concat(makeRecord(failed))
  const summary = summarize(records, { ...options, failedRequests: 'exclude' })
  expect(scalar(summary, 'error-rate').value).toBe(0.25)
  expect(scalar(summary, 'fluid-requests')).toMatchObject({ value: 1, count: 3 })
  expect(scalar(summary, 'service-miss-rate')).toMatchObject({ value: 0, count: 9 })
  expect(scalar(summary, 'fluid-token-rate')).toMatchObject({ value: 50, count: 3 })
  expect(summary.deadlineCurve.p99.at(-1)).toBe(0)
})

test('shows what is missing as missing', () => {
  const none = summarize([], options)
  expect(none.window).toBeNull()
  expect(none.counts).toMatchObject({ measured: 0, ok: 0, failed: 0, outputTokens: 0 })
  for (const { count, mean, p99 } of none.distributions)
    expect({ count, mean, p99 }).toEqual({ count: 0, mean: null, p99: null })
  for (const { value, count } of none.scalars) expect({ value, count }).toEqual({ value: null, count: 0 })
  expect(new Set(none.deadlineCurve.p99)).toEqual(new Set([null]))
  expect(none.deadlineCurve.count).toBe(0)

  const allFailed = summarize([makeRecord(failed)], options)
  expect(distribution(allFailed, 'ttft')).toMatchObject({ count: 0, p50: null })
  expect(scalar(allFailed, 'fluid-requests').value).toBe(0)
  expect(scalar(allFailed, 'request-throughput').value).toBe(0)
  expect(scalar(allFailed, 'rate-by-mean-tpot').value).toBeNull()
})

test('counts where tokens came from', () => {
  const summary = summarize(
    [
      makeRecord(fluent),
      makeRecord({ ...fluent, tokens: null }),
      makeRecord({ ...fluent, tokenSource: 'usage' }),
    ],
    options,
  )
  expect(summary.counts.tokenSources).toEqual({ 'token-ids': 1, chunk: 1, usage: 1 })
})

test('carries the options that made it, plain enough for JSON', () => {
  const { options: kept, ...rest } = summarize(serviceRecords, options)
  const { ttftDeadlineNs: _, ttftDeadlineText, ...plain } = options
  expect(kept).toEqual({ ...plain, ttftDeadline: ttftDeadlineText })
  expect(JSON.parse(JSON.stringify(rest))).toEqual(rest)
})

test('reads records once, whatever holds them', () => {
  const asked = { ...options, ttftDeadlineNs: () => 300 * MS }
  expect(summarize(serviceRecords.values(), asked)).toEqual(summarize(serviceRecords, asked))
})

test.each([
  [{ tbtDeadlineNs: 0 }, /TBT deadline/],
  [{ minFluidity: 1.5 }, /minFluidity/],
  [{ requestFraction: -1 }, /requestFraction/],
])('refuses %j', (bad, message) => {
  expect(() => summarize([], { ...options, ...bad })).toThrow(message)
})
