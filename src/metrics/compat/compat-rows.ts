import { quantileSorted } from '../../numerics/quantile-sorted.ts'
import { variance } from '../../numerics/variance.ts'
import type { CompatRow } from './compat-view.ts'

/** One statistic of a tool: its name for it and how it is computed from samples in any order. */
export type Statistic = readonly [name: string, of: (values: readonly number[]) => number | null]

/** A percentile by linear interpolation, numpy's default. */
export const percentile =
  (p: number) =>
  (values: readonly number[]): number | null =>
    quantileSorted(Float64Array.from(values).sort(), p / 100)

/** The standard deviation of numpy: divided by n, so that one value has 0. */
export function populationStd(values: readonly number[]): number | null {
  if (values.length === 0) return null
  if (values.length === 1) return 0
  return Math.sqrt((variance(values)! * (values.length - 1)) / values.length)
}

/** The standard deviation of pandas: divided by n - 1; `null` for fewer than two values. */
export function sampleStd(values: readonly number[]): number | null {
  const squared = variance(values)
  return squared === null ? null : Math.sqrt(squared)
}

/** The rows of one metric of a tool: a row a statistic. `name` and `label` say how the tool composes the two. */
export function statisticRows(metric: {
  readonly name: (statistic: string) => string
  readonly label: (statistic: string) => string
  readonly unit: string
  readonly definition: string
  readonly statistics: readonly Statistic[]
  /** In `unit`. */
  readonly values: readonly number[]
}): CompatRow[] {
  const { unit, definition, values } = metric
  return metric.statistics.map(([statistic, of]) => ({
    name: metric.name(statistic),
    label: metric.label(statistic),
    unit,
    definition,
    value: of(values),
  }))
}

/** A count or total over a time; `null` without a time. */
export function perSpan(amount: number, spanNs: number | null): number | null {
  return spanNs === null || spanNs <= 0 ? null : (amount / spanNs) * 1e9
}

/** The sum of one number of every request. */
export function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}
