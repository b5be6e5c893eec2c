import type { MeasuredRequest } from '../metrics/measured-request.ts'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import { quantilesOf } from '../numerics/quantiles-of.ts'
import { COMPARED_METRICS, type ComparedMetric } from './compared-metrics.ts'
import type { Comparison, ComparisonRow, Statistic } from './comparison.ts'
import { findDifferences, type RunFacts } from './find-differences.ts'
import { createSideSamples, drawWeights } from './side-samples.ts'

/** A run to compare. */
export interface ComparedRun {
  readonly name: string
  readonly requests: readonly MeasuredRequest[]
  readonly facts: RunFacts
}

export interface CompareOptions {
  /** How much worse B may be: a share of A's value, or absolute for shares and indices. Default 0.05. */
  readonly margin?: number
  /** Margins of their own by row id, such as `ttft.p90`. */
  readonly margins?: Readonly<Record<string, number>>
  /** Of all rows together. Default 0.95. */
  readonly confidenceFraction?: number
  readonly seed?: number
  /** Default 2,000. */
  readonly resamples?: number
}

const ROWS = COMPARED_METRICS.flatMap((metric) =>
  metric.statistics.map((statistic) => ({ metric, statistic, id: `${metric.metric}.${statistic}` })),
)

/** Ids of all rows, as margins name them. */
export const COMPARED_ROWS: readonly string[] = ROWS.map(({ id }) => id)

/** Below this many requests on a side a p99 is the worst of them, and an interval means little. */
const FEW_REQUESTS = 30

/**
 * Compares side B with side A: each number, its change, and where the change lies by a percentile bootstrap (Efron 1979). Drawn
 * anew are requests, or with several runs a side the runs and in each its requests, so that differences between repeats count.
 * The confidence holds for all rows together (Bonferroni). Deterministic by seed.
 *
 * Requests of one run wait in one queue and are not independent, so that intervals from a single run a side are too narrow under
 * heavy load: repeat the runs.
 */
export function compareRuns(
  sideA: readonly ComparedRun[],
  sideB: readonly ComparedRun[],
  options: CompareOptions = {},
): Comparison {
  const { margin = 0.05, margins = {}, confidenceFraction = 0.95, seed = 1, resamples = 2000 } = options
  const a = sideA.flatMap(({ requests }) => requests)
  const b = sideB.flatMap(({ requests }) => requests)
  const draws = (side: readonly ComparedRun[], label: string): Float64Array[] => {
    const random = createRandomStream(seed).split(label)
    const sizes = side.map(({ requests }) => requests.length)
    return Array.from({ length: resamples }, () => drawWeights(sizes, random))
  }
  const drawsA = draws(sideA, 'a')
  const drawsB = draws(sideB, 'b')
  const tail = (1 - confidenceFraction) / ROWS.length / 2
  const rows = COMPARED_METRICS.flatMap((metric) => {
    const samplesA = createSideSamples(a, metric.samples)
    const samplesB = createSideSamples(b, metric.samples)
    return metric.statistics.map((statistic): ComparisonRow => {
      const changes: number[] = []
      for (let draw = 0; draw < resamples; draw++) {
        const change = changeOf(
          metric,
          samplesA.resampled(statistic, drawsA[draw]!),
          samplesB.resampled(statistic, drawsB[draw]!),
        )
        if (change !== null) changes.push(change)
      }
      const id = `${metric.metric}.${statistic}`
      return judgeRow(
        metric,
        statistic,
        { value: samplesA.of(statistic), count: samplesA.count },
        { value: samplesB.of(statistic), count: samplesB.count },
        changes.length < resamples / 2
          ? null
          : (quantilesOf(Float64Array.from(changes), [tail, 1 - tail]).quantiles as [number, number]),
        margins[id] ?? margin,
      )
    })
  })
  const few = [a, b].some((requests) => requests.length < FEW_REQUESTS)
  return {
    a: sideA.map(({ name }) => name),
    b: sideB.map(({ name }) => name),
    rows,
    warnings: [
      ...findDifferences(
        sideA.map(({ facts }) => facts),
        sideB.map(({ facts }) => facts),
      ),
      ...(few ? [`A side has fewer than ${FEW_REQUESTS} measured requests: tails say little.`] : []),
    ],
    confidenceFraction,
    resampled: sideA.length > 1 || sideB.length > 1 ? 'runs' : 'requests',
    seed,
    isRegression: rows.some(({ verdict }) => verdict === 'regression'),
  }
}

function changeOf({ unit }: ComparedMetric, a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null
  if (unit === 'fraction') return b - a
  return a === 0 ? null : b / a - 1
}

function judgeRow(
  metric: ComparedMetric,
  statistic: Statistic,
  a: { readonly value: number | null; readonly count: number },
  b: { readonly value: number | null; readonly count: number },
  ends: readonly [number, number] | null,
  margin: number,
): ComparisonRow {
  const change = changeOf(metric, a.value, b.value)
  return {
    id: `${metric.metric}.${statistic}`,
    metric: metric.metric,
    label: metric.label,
    statistic,
    unit: metric.unit,
    better: metric.better,
    definition: metric.definition,
    a: a.value,
    b: b.value,
    countA: a.count,
    countB: b.count,
    changeKind: metric.unit === 'fraction' ? 'absolute' : 'relative',
    change,
    changeInterval: ends === null ? null : { low: ends[0], high: ends[1] },
    margin,
    verdict: change === null || ends === null ? 'no-data' : judge(metric.better, change, ends, margin),
  }
}

function judge(
  better: 'lower' | 'higher',
  change: number,
  [low, high]: readonly [number, number],
  margin: number,
): ComparisonRow['verdict'] {
  const sign = better === 'lower' ? 1 : -1
  const worse = sign * change
  const [least, most] = sign === 1 ? [low, high] : [-high, -low]
  if (least > 0) return worse > margin ? 'regression' : 'worse'
  if (most < 0) return 'better'
  return most <= margin ? 'same' : 'unclear'
}
