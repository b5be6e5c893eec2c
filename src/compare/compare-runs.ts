import type { MeasuredRequest } from '../metrics/measured-request.ts'
import { quantilesOf } from '../numerics/quantiles-of.ts'
import { ROWS } from './compared-metrics.ts'
import type { Comparison, ComparisonRow } from './comparison.ts'
import { findDifferences, type RunFacts } from './find-differences.ts'
import { changeOf, createSide, resampleChanges } from './resample-changes.ts'
import { fractionOf } from './side-samples.ts'

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

/** Below this many requests on a side a p99 is the worst of them, and an interval means little. */
const FEW_REQUESTS = 30

/**
 * Compares side B with side A: each number, its change, and where the change lies by a percentile bootstrap (Efron 1979). Drawn
 * anew are requests, or with several runs a side the runs and in each its requests, so that differences between repeats count.
 * The confidence holds for all rows together (Bonferroni). Of a side with more than 2,000 requests the intervals come from 2,000 of
 * them, evenly spaced. Deterministic by seed.
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
  const changes = resampleChanges(createSide(sideA, seed, 'a'), createSide(sideB, seed, 'b'), resamples)
  const tail = (1 - confidenceFraction) / ROWS.length / 2
  const rows = ROWS.map((row, at): ComparisonRow => {
    const found = changes[at]!
    const ends =
      found.length < resamples / 2
        ? null
        : (quantilesOf(Float64Array.from(found), [tail, 1 - tail]).quantiles as [number, number])
    return judgeRow(row, estimate(a, row), estimate(b, row), ends, margins[row.id] ?? margin)
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

interface Estimate {
  readonly value: number | null
  readonly count: number
}

/** A number of what was measured; percentiles are type 7. */
function estimate(
  requests: readonly MeasuredRequest[],
  { metric, statistic }: (typeof ROWS)[number],
): Estimate {
  const values = Float64Array.from(requests.flatMap((request) => Array.from(metric.samples(request))))
  const count = values.length
  if (count === 0) return { value: null, count }
  const p = fractionOf(statistic)
  const value =
    p === null ? values.reduce((sum, each) => sum + each, 0) / count : quantilesOf(values, [p]).quantiles[0]!
  return { value, count }
}

function judgeRow(
  { metric, statistic, id }: (typeof ROWS)[number],
  { value: a, count: countA }: Estimate,
  { value: b, count: countB }: Estimate,
  ends: readonly [number, number] | null,
  margin: number,
): ComparisonRow {
  const { label, unit, better, definition } = metric
  const change = changeOf(metric, a, b)
  return {
    id,
    metric: metric.metric,
    label,
    statistic,
    unit,
    better,
    definition,
    a,
    b,
    countA,
    countB,
    changeKind: unit === 'fraction' ? 'absolute' : 'relative',
    change,
    changeInterval: ends === null ? null : { low: ends[0], high: ends[1] },
    margin,
    verdict: change === null || ends === null ? 'no-data' : judge(better, change, ends, margin),
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
