import { logGamma } from './log-gamma.ts'

/**
 * The regularized incomplete beta function `I_x(a, b)`: the chance that a beta-distributed value is at most `x`. For whole `k`,
 * `I_p(k, n - k + 1)` is the chance of at least `k` successes in `n` trials of probability `p`.
 *
 * Method: the continued fraction of DLMF 8.17.22 by the modified Lentz algorithm, on the side on which it converges fast.
 *
 * @param x within 0..1
 * @param a above 0
 * @param b above 0
 */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return Math.min(1, (front / a) * continuedFraction(x, a, b))
}

/** In place of a zero denominator. */
const TINY = 1e-300

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  // Converges after some multiple of the root of the larger parameter.
  const most = 200 + 10 * Math.ceil(Math.sqrt(Math.max(a, b)))
  for (let m = 1; m <= most; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return fraction
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
