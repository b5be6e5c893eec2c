import { mean } from '../../numerics/mean.ts'
import { percentile, type Statistic, statisticRows } from './compat-rows.ts'
import type { CompatRequest } from './compat-run.ts'
import type { CompatRow } from './compat-view.ts'

const STATISTICS: readonly Statistic[] = [
  ['avg', mean],
  ['min', percentile(0)],
  ['max', percentile(100)],
  ['p99', percentile(99)],
  ['p90', percentile(90)],
  ['p50', percentile(50)],
]

/** One metric as GenAI-Perf and its successor AIPerf show it. */
export function nvidiaRows(
  name: string,
  label: string,
  unit: string,
  definition: string,
  values: readonly number[],
): CompatRow[] {
  return statisticRows({
    name: (statistic) => `${name}.${statistic}`,
    label: (statistic) => `${label} ${statistic}`,
    unit,
    definition,
    statistics: STATISTICS,
    values,
  })
}

/** What both tools call inter-token latency: the mean of a request, ms. */
export function meanTokenGapMs({ firstNs, lastNs, outputTokens }: CompatRequest): number {
  return (lastNs - firstNs) / (outputTokens - 1) / 1e6
}

/** Requests that have one. */
export function withGaps(answered: readonly CompatRequest[]): CompatRequest[] {
  return answered.filter(({ outputTokens }) => outputTokens > 1)
}

/** From the first dispatch to the last chunk of an answered request, ns; both tools divide by it. */
export function answeredSpanNs(answered: readonly CompatRequest[]): number | null {
  if (answered.length === 0) return null
  const fromNs = answered.reduce((first, { startNs }) => Math.min(first, startNs), Number.POSITIVE_INFINITY)
  return answered.reduce((last, { startNs, lastNs }) => Math.max(last, startNs + lastNs), 0) - fromNs
}
