import type { MeasuredRequest } from '../metrics/measured-request.ts'
import { quantileSorted } from '../numerics/quantile-sorted.ts'
import type { RandomStream } from '../numerics/random-stream.ts'
import type { Statistic } from './comparison.ts'

/** The samples of one metric on one side, sorted once, and which request each comes from. */
export interface SideSamples {
  readonly count: number
  /** The statistic of what was measured; percentiles are type 7. `null` without samples. */
  of(statistic: Statistic): number | null
  /**
   * The statistic of samples drawn anew, `weights` saying how often each request was drawn; percentiles are the sample at which
   * that share of the weight is reached. `null` when no drawn request has a sample.
   */
  resampled(statistic: Statistic, weights: Float64Array): number | null
}

/** @param requests of all runs of the side, in one list */
export function createSideSamples(
  requests: readonly MeasuredRequest[],
  samples: (request: MeasuredRequest) => ArrayLike<number>,
): SideSamples {
  const each = requests.map(samples)
  const count = each.reduce((sum, { length }) => sum + length, 0)
  const values = new Float64Array(count)
  const owners = new Int32Array(count)
  let at = 0
  for (const [owner, list] of each.entries())
    for (let i = 0; i < list.length; i++) {
      values[at] = list[i]!
      owners[at++] = owner
    }
  const order = Int32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!)
  const sorted = Float64Array.from(order, (i) => values[i]!)
  const sortedOwners = Int32Array.from(order, (i) => owners[i]!)
  return {
    count,
    of(statistic) {
      const p = fractionOf(statistic)
      if (p !== null) return quantileSorted(sorted, p)
      return count === 0 ? null : sorted.reduce((sum, value) => sum + value, 0) / count
    },
    resampled(statistic, weights) {
      let total = 0
      let sum = 0
      for (let i = 0; i < count; i++) {
        const weight = weights[sortedOwners[i]!]!
        total += weight
        sum += weight * sorted[i]!
      }
      if (total === 0) return null
      const p = fractionOf(statistic)
      if (p === null) return sum / total
      let reached = 0
      for (let i = 0; i < count; i++) {
        reached += weights[sortedOwners[i]!]!
        if (reached >= p * total && reached > 0) return sorted[i]!
      }
      return sorted[count - 1]!
    },
  }
}

/**
 * How often each request is drawn when the side is drawn anew: as many requests as there are, with replacement; of several runs
 * first as many runs, then from each as many requests as it has.
 *
 * @param runSizes requests of each run, in the order of the side's list
 */
export function drawWeights(runSizes: readonly number[], random: RandomStream): Float64Array {
  const starts = runSizes.map((_, run) => runSizes.slice(0, run).reduce((sum, size) => sum + size, 0))
  const weights = new Float64Array(runSizes.reduce((sum, size) => sum + size, 0))
  for (let drawn = 0; drawn < runSizes.length; drawn++) {
    const run = runSizes.length === 1 ? 0 : Math.floor(random.uniform() * runSizes.length)
    const size = runSizes[run]!
    for (let i = 0; i < size; i++) weights[starts[run]! + Math.floor(random.uniform() * size)]!++
  }
  return weights
}

function fractionOf(statistic: Statistic): number | null {
  switch (statistic) {
    case 'p50':
      return 0.5
    case 'p90':
      return 0.9
    case 'p99':
      return 0.99
    default:
      return null
  }
}
