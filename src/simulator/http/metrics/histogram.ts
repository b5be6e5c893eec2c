/** A histogram as Prometheus counts: how many values were at most each bound, their sum and number. */
export interface Histogram {
  readonly bounds: readonly number[]
  add(value: number, times?: number): void
  /** Values at most each bound, cumulative, and after those the number of all. */
  counts(): readonly number[]
  sum(): number
}

/** @param bounds ascending */
export function createHistogram(bounds: readonly number[]): Histogram {
  const inside = new Float64Array(bounds.length + 1)
  let sum = 0
  return {
    bounds,
    add(value, times = 1) {
      let at = 0
      while (at < bounds.length && value > bounds[at]!) at++
      inside[at]! += times
      sum += value * times
    },
    counts() {
      let total = 0
      return Array.from(inside, (count) => (total += count))
    },
    sum: () => sum,
  }
}
