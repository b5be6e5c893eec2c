import { kolmogorovSmirnov } from '../numerics/kolmogorov-smirnov.ts'
import type { ArrivalFit } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import type { GapDistribution } from '../workload/arrivals/gap-distribution.ts'

/** Shorter gaps count as short, whatever their length: timers are not more precise, and requests leave one by one. */
export const GAP_RESOLUTION_NS = 1e6

const FEWEST_GAPS = 10

/**
 * Tests whether requests left as their arrival process says: the Kolmogorov-Smirnov distance between the gaps of the
 * dispatch moments, the one from the run's zero to the first included, and the distribution wanted. Compared are gaps of
 * a millisecond and longer; of shorter ones only how many there are.
 *
 * `null` with fewer than 10 gaps.
 */
export function fitArrivals(
  dispatched: readonly RequestRecord[],
  { name, cdf }: GapDistribution,
): ArrivalFit | null {
  const moments = Float64Array.from(dispatched, ({ moments }) => moments.dispatchedNs).sort()
  if (moments.length < FEWEST_GAPS) return null
  const gaps = moments.map((atNs, i) => atNs - (moments[i - 1] ?? 0))
  const result = kolmogorovSmirnov(gaps, cdf, GAP_RESOLUTION_NS)
  return result === undefined ? null : { test: 'kolmogorov-smirnov', distribution: name, ...result }
}
