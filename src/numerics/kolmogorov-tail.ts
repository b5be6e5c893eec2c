const ENOUGH_TERMS = 20

/**
 * The chance that the Kolmogorov-Smirnov distance of `count` values from their own continuous distribution is at least
 * `distance`.
 *
 * Method: the limiting distribution (Kolmogorov 1933) at a distance corrected for the number of values (Vrbik 2018).
 * Against exact values it is off by at most 0.01 from 5 values on, 0.002 from 10 and 0.0005 from 25; small chances come
 * out too high rather than too low.
 *
 * @param count at least 1
 * @param distance within 0..1
 */
export function kolmogorovTail(count: number, distance: number): number {
  if (distance <= 0) return 1
  if (distance >= 1) return 0
  const root = Math.sqrt(count)
  const scaled = root * distance
  const corrected = scaled + 1 / (6 * root) + (scaled - 1) / (4 * count)
  return Math.min(1, Math.max(0, limitingTail(corrected)))
}

/** Two series of the same function: the one converges fast above 1, the other below. */
function limitingTail(x: number): number {
  if (x <= 0) return 1
  let sum = 0
  if (x >= 1) {
    for (let k = 1; k <= ENOUGH_TERMS; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * x) ** 2)
    return sum
  }
  for (let k = 1; k <= ENOUGH_TERMS; k++) sum += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x))
  return 1 - (Math.sqrt(2 * Math.PI) / x) * sum
}
