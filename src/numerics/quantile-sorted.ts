import { type7Between, type7Position } from './type-7.ts'

/**
 * The quantile `p` (0..1) of values sorted ascending, by linear interpolation between order statistics: type 7 of
 * Hyndman and Fan (1996), the default of numpy and R.
 *
 * No values: `null`. One value: that value. The values must be sorted and free of NaN.
 *
 * @throws RangeError when `p` is not within 0..1
 */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number | null {
  const { index, weight } = type7Position(sorted.length, p)
  if (sorted.length === 0) return null
  const low = sorted[index]!
  return weight === 0 ? low : type7Between(low, sorted[index + 1]!, weight)
}
