import { REQUEST_METRICS } from '../metrics/catalog.ts'
import type { MeasuredRequest } from '../metrics/measured-request.ts'
import { pooledGaps } from '../metrics/pooled-gaps.ts'
import type { MetricOptions } from '../metrics/run-summary.ts'

/** What an objective judges: values, and samples without a value that miss every bound. */
export interface ObjectiveSamples {
  /** A new array. */
  readonly values: Float64Array
  readonly misses: number
}

/**
 * The samples of one metric of the catalog. Answered requests give their values; one without a value (the time per token
 * of a single token) gives no sample. Failed requests, unless excluded, are misses: one each, or for the time between
 * tokens one for each token they were asked for, as much as an answered request would weigh.
 */
export function objectiveSamples(
  metric: string,
  requests: readonly MeasuredRequest[],
  failedRequests: MetricOptions['failedRequests'],
): ObjectiveSamples {
  const isOfTokens = metric === 'tbt'
  let misses = 0
  for (const { ok, outputTokens, missingTokens } of requests) {
    if (ok || failedRequests === 'exclude') continue
    misses += isOfTokens ? outputTokens + missingTokens : 1
  }
  if (isOfTokens) return { values: pooledGaps(requests), misses }
  const definition = REQUEST_METRICS.find(({ id }) => id === metric)
  if (definition === undefined) throw new RangeError(`objectives cannot bound the metric "${metric}"`)
  const values: number[] = []
  for (const request of requests) {
    const value = request.ok ? definition.of(request) : null
    if (value !== null) values.push(value)
  }
  return { values: Float64Array.from(values), misses }
}
