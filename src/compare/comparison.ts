import type { MetricUnit } from '../metrics/metric-definition.ts'

/** One number of side A beside that of side B. Values in the metric's unit; `null` without data. */
export interface ComparisonRow {
  /** Metric and statistic, as margins name them: `ttft.p90`. */
  readonly id: string
  readonly metric: string
  readonly label: string
  readonly statistic: Statistic
  readonly unit: MetricUnit
  readonly better: 'lower' | 'higher'
  readonly definition: string
  readonly a: number | null
  readonly b: number | null
  readonly countA: number
  readonly countB: number
  /** From A to B: relative to A or, for shares and indices, in absolute terms. */
  readonly changeKind: 'relative' | 'absolute'
  readonly change: number | null
  /** Where the change lies, all rows together with the comparison's confidence; `null` without data. */
  readonly changeInterval: { readonly low: number; readonly high: number } | null
  /** How much worse B may be, in the terms of the change. */
  readonly margin: number
  /**
   * - `better`, `worse`: the interval excludes no change;
   * - `regression`: worse, and by more than the margin;
   * - `unclear`: it does not, and worse by the margin is not excluded either;
   * - `same`: worse by the margin is excluded;
   * - `no-data`.
   */
  readonly verdict: 'better' | 'same' | 'unclear' | 'worse' | 'regression' | 'no-data'
}

export type Statistic = 'mean' | 'p50' | 'p90' | 'p99' | 'share'

/** Two sides of one or more runs each, compared. Plain JSON. */
export interface Comparison {
  readonly a: readonly string[]
  readonly b: readonly string[]
  readonly rows: readonly ComparisonRow[]
  /** What makes the sides hard to compare, one sentence each. */
  readonly warnings: readonly string[]
  readonly confidenceFraction: number
  /** What was drawn anew for the intervals: runs and their requests where a side has several runs, else requests. */
  readonly resampled: 'requests' | 'runs'
  readonly seed: number
  /** A `regression` in any row. */
  readonly isRegression: boolean
}
