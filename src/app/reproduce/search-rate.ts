/**
 * The highest rate that passes, requests/s: doubles or halves from `startPerSec` until one rate passes and the next
 * fails, then bisects on a log scale until the two are within `precision`. Returns the one that passed; `null` when even
 * a 1,024th of the start fails. For probes in virtual time, whose verdict is the same each time.
 */
export function searchRate(
  passes: (ratePerSec: number) => boolean,
  startPerSec: number,
  precision: number,
): number | null {
  let low = startPerSec
  let high = startPerSec
  if (passes(startPerSec)) {
    do {
      low = high
      high *= 2
    } while (high <= startPerSec * 1024 && passes(high))
  } else {
    do {
      high = low
      low /= 2
      if (low < startPerSec / 1024) return null
    } while (!passes(low))
  }
  while (high / low > 1 + precision) {
    const middle = Math.sqrt(low * high)
    if (passes(middle)) low = middle
    else high = middle
  }
  return low
}
