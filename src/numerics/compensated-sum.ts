/**
 * The sum of `values` with the rounding errors carried along (Neumaier 1974): as if added in twice the precision.
 *
 * No values: 0, the empty sum. With an infinity or NaN among the values: what plain addition gives.
 */
export function compensatedSum(values: ArrayLike<number>): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return Number.isFinite(sum) ? sum + lost : sum
}
