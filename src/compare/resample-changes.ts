import type { MeasuredRequest } from '../metrics/measured-request.ts'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import type { RandomStream } from '../numerics/random-stream.ts'
import { COMPARED_METRICS, type ComparedMetric, ROWS } from './compared-metrics.ts'
import { createSideSamples, drawWeights, type SideSamples } from './side-samples.ts'

/** Intervals are made from so many requests of a side at most, evenly chosen: wider than they need be, but in seconds. */
const MOST_RESAMPLED = 2000

/** A side as it is drawn anew. */
export interface Side {
  /** Requests of each run. */
  readonly runSizes: readonly number[]
  readonly random: RandomStream
  /** By metric. */
  readonly samples: ReadonlyMap<ComparedMetric, SideSamples>
}

/** @param label makes the draws of the sides independent */
export function createSide(
  runs: readonly { readonly requests: readonly MeasuredRequest[] }[],
  seed: number,
  label: string,
): Side {
  const count = runs.reduce((sum, { requests }) => sum + requests.length, 0)
  const every = Math.max(1, Math.ceil(count / MOST_RESAMPLED))
  const kept = runs.map(({ requests }) => requests.filter((_, i) => i % every === 0))
  return {
    runSizes: kept.map(({ length }) => length),
    random: createRandomStream(seed).split(label),
    samples: new Map(
      COMPARED_METRICS.map((metric) => [metric, createSideSamples(kept.flat(), metric.samples)]),
    ),
  }
}

/** The change of each row in every draw in which both sides have a value. */
export function resampleChanges(a: Side, b: Side, resamples: number): number[][] {
  const changes = ROWS.map((): number[] => [])
  for (let draw = 0; draw < resamples; draw++) {
    const weightsA = drawWeights(a.runSizes, a.random)
    const weightsB = drawWeights(b.runSizes, b.random)
    for (const [at, { metric, statistic }] of ROWS.entries()) {
      const change = changeOf(
        metric,
        a.samples.get(metric)!.resampled(statistic, weightsA),
        b.samples.get(metric)!.resampled(statistic, weightsB),
      )
      if (change !== null) changes[at]!.push(change)
    }
  }
  return changes
}

/** Of shares and indices in absolute terms, of all else relative to A; `null` without both, or from 0. */
export function changeOf({ unit }: ComparedMetric, a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null
  if (unit === 'fraction') return b - a
  return a === 0 ? null : b / a - 1
}
