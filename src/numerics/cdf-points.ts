import { selectRanks } from './select-ranks.ts'

/** Points of an empirical distribution function as parallel arrays, both ascending. */
export interface CdfPoints {
  readonly values: readonly number[]
  /** Share of all values that are at most the value at the same place; the last is 1. */
  readonly fractions: readonly number[]
}

/**
 * The empirical distribution function of unsorted values, thinned to at most `maxPoints` points for a chart, without
 * sorting them. **Reorders `values`**, which must be free of NaN.
 *
 * Every point lies exactly on the function. The smallest and the largest value are always kept. Half of the points are
 * spread evenly over the ranks and a quarter closes in on each end by equal ratios of rank, so that p99.9 of a million
 * values is drawn as carefully as the median. With no more values than `maxPoints` no distinct value is left out.
 *
 * No values: no points.
 *
 * @throws RangeError when `maxPoints` is not an integer of at least 2
 */
export function cdfPoints(values: Float64Array, maxPoints: number): CdfPoints {
  if (!Number.isInteger(maxPoints) || maxPoints < 2) {
    throw new RangeError(`a distribution is drawn with at least 2 points, not ${maxPoints}`)
  }
  const ranks = ranksToKeep(values.length, maxPoints)
  selectRanks(values, ranks)
  const kept: number[] = []
  const fractions: number[] = []
  for (const [k, rank] of ranks.entries()) {
    const value = values[rank]!
    const next = ranks[k + 1] ?? values.length
    if (next < values.length && values[next] === value) continue
    // Only between this rank and the next can more of the same lie: what follows the next is greater.
    let atMost = rank + 1
    for (let i = rank + 1; i < next; i++) if (values[i] === value) atMost++
    kept.push(value)
    fractions.push(atMost / values.length)
  }
  return { values: kept, fractions }
}

/** Distinct and ascending, at most `maxPoints` of them. */
function ranksToKeep(count: number, maxPoints: number): Int32Array {
  if (count <= maxPoints) return Int32Array.from({ length: count }, (_, rank) => rank)
  const last = count - 1
  const inTail = Math.floor(maxPoints / 4)
  const even = maxPoints - 2 * inTail
  const ranks = new Set<number>()
  for (let i = 0; i < even; i++) ranks.add(Math.round((i * last) / (even - 1)))
  for (let i = 0; i < inTail; i++) {
    const depth = Math.round((count / even) ** (i / inTail))
    ranks.add(depth).add(last - depth)
  }
  return Int32Array.from(ranks).sort()
}
