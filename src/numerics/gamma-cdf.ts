import { logGamma } from './log-gamma.ts'

const PRECISION = 1e-15
const MOST_TERMS = 100_000

/**
 * The chance that a gamma variable of mean `shape * scale` is at most `value`: the regularised lower incomplete gamma
 * function. 0 for a negative value.
 *
 * Method: the power series below `shape + 1`, the continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31,
 * the latter evaluated by the method of Lentz 1976).
 *
 * @param shape above 0
 * @param scale above 0
 */
export function gammaCdf(value: number, shape: number, scale: number): number {
  const x = value / scale
  if (x <= 0) return 0
  if (x === Number.POSITIVE_INFINITY) return 1
  const factor = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  const chance = x < shape + 1 ? factor * lowerSeries(shape, x) : 1 - factor * upperFraction(shape, x)
  return Math.min(1, Math.max(0, chance))
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let n = 1; n < MOST_TERMS && term > sum * PRECISION; n++) {
    term *= x / (shape + n)
    sum += term
  }
  return sum
}

function upperFraction(shape: number, x: number): number {
  const tiny = Number.MIN_VALUE / Number.EPSILON
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = -n * (n - shape)
    b += 2
    d = 1 / nonZero(a * d + b, tiny)
    c = nonZero(b + a / c, tiny)
    const change = c * d
    fraction *= change
    if (Math.abs(change - 1) < PRECISION) break
  }
  return fraction
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value
}
