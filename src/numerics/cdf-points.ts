/** Points of an empirical distribution function as parallel arrays, both ascending. */
export interface CdfPoints {
  readonly values: readonly number[]
  /** Share of all values that are at most the value at the same place; the last is 1. */
  readonly fractions: readonly number[]
}

/**
 * The empirical distribution function of sorted values, thinned to at most `maxPoints` points for a chart.
 *
 * Every point lies exactly on the function. The smallest and the largest value are always kept. Half of the points are
 * spread evenly over the ranks and a quarter closes in on each end by equal ratios of rank, so that p99.9 of a million
 * values is drawn as carefully as the median. With no more values than `maxPoints` no distinct value is left out.
 *
 * No values: no points. Values must be sorted ascending and free of NaN.
 *
 * @throws RangeError when `maxPoints` is not an integer of at least 2
 */
export function cdfPoints(sorted: ArrayLike<number>, maxPoints: number): CdfPoints {
  if (!Number.isInteger(maxPoints) || maxPoints < 2) {
    throw new RangeError(`a distribution is drawn with at least 2 points, not ${maxPoints}`)
  }
  const values: number[] = []
  const fractions: number[] = []
  let reached = -1
  for (const rank of ranksToKeep(sorted.length, maxPoints)) {
    if (rank <= reached) continue
    const value = sorted[rank]!
    reached = lastRankOf(sorted, value, rank)
    values.push(value)
    fractions.push((reached + 1) / sorted.length)
  }
  return { values, fractions }
}

/** Ascending, with repetitions, at most `maxPoints` of them. */
function ranksToKeep(count: number, maxPoints: number): Iterable<number> {
  const last = count - 1
  if (count <= maxPoints) return Array.from({ length: count }, (_, rank) => rank)
  const inTail = Math.floor(maxPoints / 4)
  const even = maxPoints - 2 * inTail
  const ranks: number[] = []
  for (let i = 0; i < even; i++) ranks.push(Math.round((i * last) / (even - 1)))
  for (let i = 0; i < inTail; i++) {
    const depth = Math.round((count / even) ** (i / inTail))
    ranks.push(depth, last - depth)
  }
  return ranks.sort((a, b) => a - b)
}

/** The largest rank from `from` on that holds `value`, by binary search. */
function lastRankOf(sorted: ArrayLike<number>, value: number, from: number): number {
  let low = from
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (sorted[middle] === value) low = middle
    else high = middle - 1
  }
  return low
}
