import { regularizedBeta } from './regularized-beta.ts'

/** An interval that holds the true value with at least its confidence. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * The exact interval of Clopper and Pearson for a share of which `met` of `count` independent samples were seen. No sample
 * gives 0 to 1.
 *
 * @param confidenceFraction such as 0.95, both ends together
 * @see Clopper and Pearson, Biometrika 26 (1934)
 */
export function shareInterval(met: number, count: number, confidenceFraction = 0.95): Interval {
  const tail = (1 - confidenceFraction) / 2
  return {
    low: met === 0 ? 0 : solve((p) => regularizedBeta(p, met, count - met + 1), tail),
    high: met === count ? 1 : solve((p) => regularizedBeta(p, met + 1, count - met), 1 - tail),
  }
}

/** Where a rising function on 0..1 reaches `value`, by bisection to the precision of a double. */
function solve(rising: (p: number) => number, value: number): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (rising(middle) < value) low = middle
    else high = middle
  }
  return (low + high) / 2
}
