/**
 * Due times in integer ns from gaps in seconds. Gaps are added unrounded, with the rounding errors of the addition
 * carried along (Kahan 1965), and only each result is rounded: no drift however many requests there are.
 *
 * The first time is the first gap, not 0.
 */
export function* addUpGaps(nextGapSec: () => number): Generator<number, never> {
  let sumNs = 0
  let carriedNs = 0
  for (;;) {
    const gapNs = nextGapSec() * 1e9 - carriedNs
    const next = sumNs + gapNs
    carriedNs = next - sumNs - gapNs
    sumNs = next
    yield Math.round(sumNs)
  }
}
