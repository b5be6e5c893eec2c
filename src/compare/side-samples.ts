import type { MeasuredRequest } from '../metrics/measured-request.ts'
import type { RandomStream } from '../numerics/random-stream.ts'
import type { Statistic } from './comparison.ts'

/** The samples of one metric on one side, sorted once, and which request each comes from. */
export interface SideSamples {
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
  const each = requests.map((request) => Array.from(samples(request)))
  const sums = Float64Array.from(each, (list) => list.reduce((sum, value) => sum + value, 0))
  const values = Float64Array.from(each.flat())
  const owners = Int32Array.from(each.flatMap((list, owner) => list.map(() => owner)))
  const order = Int32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!)
  const sorted = Float64Array.from(order, (i) => values[i]!)
  const sortedOwners = Int32Array.from(order, (i) => owners[i]!)
  return {
    resampled(statistic, weights) {
      let total = 0
      let sum = 0
      for (let owner = 0; owner < each.length; owner++) {
        total += weights[owner]! * each[owner]!.length
        sum += weights[owner]! * sums[owner]!
      }
      if (total === 0) return null
      const p = fractionOf(statistic)
      if (p === null) return sum / total
      // From above: the percentiles are near there, and most samples need not be looked at.
      const most = total - p * total
      let at = sorted.length - 1
      for (let above = 0; at > 0; at--) {
        above += weights[sortedOwners[at]!]!
        if (above > most) break
      }
      return sorted[at]!
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

/** The share of samples that a percentile names; `null` for a mean. */
export function fractionOf(statistic: Statistic): number | null {
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
