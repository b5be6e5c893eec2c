import type { FailureReason } from '../records/outcome.ts'
import type { RequestRecord, TokenSource } from '../records/request-record.ts'
import { METRIC_CATALOG, REQUEST_METRICS } from './catalog.ts'
import { deadlineCurve } from './deadline-curve.ts'
import { distributionOf } from './distribution-of.ts'
import { type MeasuredRequests, measureRequests } from './measure-requests.ts'
import type { MeasuredRequest } from './measured-request.ts'
import { pooledGaps } from './pooled-gaps.ts'
import type { RequestMetric } from './request-metric.ts'
import { runScalars } from './run-scalars.ts'
import type { Distribution, MetricOptions, RunSummary } from './run-summary.ts'

/** The options of a summary, with the TTFT deadline in words for people: `300 ms`. */
export interface SummaryOptions extends MetricOptions {
  readonly ttftDeadlineText: string
}

/**
 * Every metric of a run, from its records alone. Failed requests have no latencies; how they count otherwise is
 * `failedRequests`. Without a measured request every value is `null` and every count 0.
 *
 * @param records in any order, attributed or not (one token a chunk then); read once and not kept
 * @throws MetronError `bad-config` when an option is out of range
 */
export function summarize(records: Iterable<RequestRecord>, options: SummaryOptions): RunSummary {
  return summarizeMeasured(measureRequests(records, options), options)
}

/** As {@link summarize}, for requests that were measured already, under the same options. */
export function summarizeMeasured(measured: MeasuredRequests, options: SummaryOptions): RunSummary {
  const { requests, warmup } = measured
  const window = windowOf(requests)
  const distributions = distributionsOf(requests)
  const byId = (id: string) => distributions.find((distribution) => distribution.id === id)!
  return {
    schemaVersion: 1,
    options: {
      origin: options.origin,
      ttftDeadline: options.ttftDeadlineText,
      ...(options.ttftRangeTokens === undefined ? {} : { ttftRangeTokens: options.ttftRangeTokens }),
      tbtDeadlineNs: options.tbtDeadlineNs,
      ignoreFirst: options.ignoreFirst,
      minFluidity: options.minFluidity,
      requestFraction: options.requestFraction,
      failedRequests: options.failedRequests,
      measureFromNs: options.measureFromNs,
    },
    window,
    counts: countsOf(requests, warmup),
    distributions,
    scalars: runScalars({ requests, options, window, tpot: byId('tpot'), tbt: byId('tbt') }),
    deadlineCurve: deadlineCurve(requests, options.failedRequests),
  }
}

function distributionsOf(requests: readonly MeasuredRequest[]): Distribution[] {
  const ofRequests = new Map(REQUEST_METRICS.map((metric) => [metric.id, metric]))
  const distributions: Distribution[] = []
  for (const { id, scope } of METRIC_CATALOG) {
    if (scope === 'token') distributions.push(distributionOf(id, pooledGaps(requests)))
    if (scope === 'request') distributions.push(distributionOf(id, samplesOf(requests, ofRequests.get(id)!)))
  }
  return distributions
}

/** The values of one metric, of the requests that have one. */
function samplesOf(requests: readonly MeasuredRequest[], metric: RequestMetric): Float64Array {
  const samples = new Float64Array(requests.length)
  let count = 0
  for (const request of requests) {
    const value = metric.of(request)
    if (value !== null) samples[count++] = value
  }
  return samples.subarray(0, count)
}

function windowOf(requests: readonly MeasuredRequest[]): RunSummary['window'] {
  if (requests.length === 0) return null
  let fromNs = Number.POSITIVE_INFINITY
  let toNs = Number.NEGATIVE_INFINITY
  for (const { dueNs, untilNs } of requests) {
    fromNs = Math.min(fromNs, dueNs)
    toNs = Math.max(toNs, untilNs)
  }
  return { fromNs, toNs }
}

function countsOf(requests: readonly MeasuredRequest[], warmup: number): RunSummary['counts'] {
  const failures: Partial<Record<FailureReason, number>> = {}
  const tokenSources: Partial<Record<TokenSource, number>> = {}
  let ok = 0
  let outputTokens = 0
  for (const request of requests) {
    const { failure, tokenSource } = request
    if (tokenSource !== null) tokenSources[tokenSource] = (tokenSources[tokenSource] ?? 0) + 1
    if (failure !== null) {
      failures[failure] = (failures[failure] ?? 0) + 1
      continue
    }
    ok++
    outputTokens += request.outputTokens
  }
  const failed = requests.length - ok
  return { warmup, measured: requests.length, ok, failed, failures, tokenSources, outputTokens }
}
