import { quantilesOf } from '../numerics/quantiles-of.ts'
import { countDeadlines } from './count-deadlines.ts'
import type { MeasuredRequest } from './measured-request.ts'
import type { DeadlineCurve } from './run-summary.ts'

/** From 1 to 100 ms, evenly spaced by ratio, with the tiers of the paper (25, 50, 100 ms) among them. */
const TBT_DEADLINES_NS = [
  1, 1.2, 1.4, 1.7, 2, 2.4, 2.8, 3.4, 4, 4.8, 5.7, 6.8, 8, 10, 12, 14, 17, 20, 22, 25, 28, 30, 34, 40, 45, 50,
  57, 68, 80, 100,
].map((ms) => Math.round(ms * 1e6))

/** With more requests than this, so many are drawn, evenly spaced. */
const MOST_REQUESTS = 2_000

/**
 * Quantiles over requests of the deadline miss rate, for deadlines between tokens from 1 to 100 ms. First tokens are
 * left out, as in the fluid token generation rate, whose deadline is about where the p99 curve falls to 0.1.
 *
 * Of more than 2,000 requests only 2,000 are used, evenly spaced in the order of the records; `count` of the
 * curve tells. A failed request misses every deadline with `failedRequests: 'miss'`.
 */
export function deadlineCurve(
  requests: readonly MeasuredRequest[],
  failedRequests: 'miss' | 'exclude',
): DeadlineCurve {
  const answered = requests.filter((request) => request.ok && request.interTokenTimesNs.length > 1)
  const failed = failedRequests === 'miss' ? requests.filter((request) => !request.ok).length : 0
  const share = Math.min(1, MOST_REQUESTS / (answered.length + failed))
  const drawn = Math.round(answered.length * share)
  const drawnFailed = Math.round(failed * share)

  const rates = new Float64Array(drawn + drawnFailed)
  const points = TBT_DEADLINES_NS.map((tbtDeadlineNs) => {
    for (let i = 0; i < drawn; i++) {
      const request = answered[Math.floor((i * answered.length) / drawn)]!
      const { missed, total } = countDeadlines(request.interTokenTimesNs, null, tbtDeadlineNs)
      rates[i] = missed / total
    }
    rates.fill(1, drawn)
    return quantilesOf(rates, [0.5, 0.9, 0.99]).quantiles
  })
  return {
    tbtDeadlineNs: TBT_DEADLINES_NS,
    p50: points.map((quantiles) => quantiles[0]!),
    p90: points.map((quantiles) => quantiles[1]!),
    p99: points.map((quantiles) => quantiles[2]!),
    count: rates.length,
  }
}
