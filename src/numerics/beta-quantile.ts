import { betaCdf } from './beta-cdf.ts'

/**
 * The `x` below which a beta variable of the shapes `a` and `b` falls with the chance `p`.
 *
 * Method: bisection of {@link betaCdf}, which is monotone, until the interval is no wider than a double can tell.
 *
 * @param p within 0..1
 */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return high
    if (betaCdf(middle, a, b) < p) low = middle
    else high = middle
    if (high - low < 1e-15 * high) return high
  }
}
