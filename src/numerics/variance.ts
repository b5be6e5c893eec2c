/**
 * The unbiased sample variance (divided by n - 1), in one stable pass (Welford 1962). Fewer than two values: `null`.
 */
export function variance(values: ArrayLike<number>): number | null {
  if (values.length < 2) return null
  let mean = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const distance = value - mean
    mean += distance / (i + 1)
    squares += distance * (value - mean)
  }
  return squares / (values.length - 1)
}
