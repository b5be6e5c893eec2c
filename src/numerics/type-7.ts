/**
 * Where the quantile `p` of `count` sorted values lies by Hyndman and Fan's type 7: between the values at `index` and
 * `index + 1`, at the share `weight` (0 <= weight < 1) of the way. `weight` is 0 at the last index.
 *
 * @throws RangeError when `p` is not within 0..1
 */
export function type7Position(count: number, p: number): { index: number; weight: number } {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile is asked for p within 0..1, not ${p}`)
  const position = (count - 1) * p
  const index = Math.floor(position)
  return { index, weight: position - index }
}

/**
 * The value at the share `weight` of the way from `low` to `high`. Rounds as numpy does: from the nearer end, so that
 * the result never leaves the interval. Beside an infinity the result is that infinity, as nothing lies between.
 */
export function type7Between(low: number, high: number, weight: number): number {
  if (low === high || weight === 0 || low === Number.NEGATIVE_INFINITY) return low
  if (high === Number.POSITIVE_INFINITY) return high
  return weight < 0.5 ? low + (high - low) * weight : high - (high - low) * (1 - weight)
}
