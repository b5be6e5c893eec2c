/** Coefficients of Stirling's series: B(2k) / (2k (2k - 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]

/** From here on the series is exact to a double's precision. */
const LARGE = 12

/**
 * The natural logarithm of the gamma function, for `x` above 0.
 *
 * Method: Stirling's series, with the recurrence `gamma(x + 1) = x gamma(x)` below 12.
 */
export function logGamma(x: number): number {
  let shift = 1
  let at = x
  for (; at < LARGE; at++) shift *= at
  let series = 0
  for (const [k, coefficient] of STIRLING.entries()) series += coefficient / at ** (2 * k + 1)
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift)
}
