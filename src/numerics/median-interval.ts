import { quantileSorted } from './quantile-sorted.ts'

/**
 * Median of values sorted ascending, with the tightest pair of order statistics that holds the true median with at least
 * 95 % confidence whatever the distribution (sign test). Fewer than 6 values cannot give that confidence: the ends are
 * `null`. No values: `null`.
 */
export function medianInterval(
  sorted: readonly number[],
): { readonly value: number; readonly low: number | null; readonly high: number | null } | null {
  const value = quantileSorted(sorted, 0.5)
  if (value === null) return null
  const { length } = sorted
  // Chance that at most `rank` of the values lie below the median; both tails together may have 5 %.
  let term = 0.5 ** length
  let tail = term
  let rank = -1
  while (2 * tail <= 0.05) {
    rank++
    term *= (length - rank) / (rank + 1)
    tail += term
  }
  if (rank < 0) return { value, low: null, high: null }
  return { value, low: sorted[rank]!, high: sorted[length - 1 - rank]! }
}
