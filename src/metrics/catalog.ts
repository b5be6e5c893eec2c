import { FLUIDITY_METRICS } from './catalog/fluidity-metrics.ts'
import { INSTRUMENT_METRICS } from './catalog/instrument-metrics.ts'
import { LATENCY_METRICS } from './catalog/latency-metrics.ts'
import { RUN_METRICS } from './catalog/run-metrics.ts'
import { TBT_METRIC, TOKEN_METRICS } from './catalog/token-metrics.ts'
import type { MetricDefinition } from './metric-definition.ts'
import type { RequestMetric } from './request-metric.ts'

/** Every metric with one value a request. To add one: a field of `MeasuredRequest` and an entry in a family. */
export const REQUEST_METRICS: readonly RequestMetric[] = [
  ...FLUIDITY_METRICS,
  ...LATENCY_METRICS,
  ...TOKEN_METRICS,
  ...INSTRUMENT_METRICS,
]

/** Every metric Metron reports, in the order in which tables show them. */
export const METRIC_CATALOG: readonly MetricDefinition[] = [
  ...FLUIDITY_METRICS,
  ...LATENCY_METRICS.slice(0, 2),
  TBT_METRIC,
  ...LATENCY_METRICS.slice(2),
  ...TOKEN_METRICS,
  ...INSTRUMENT_METRICS,
  ...RUN_METRICS,
]

/** The definition with this id; `undefined` when there is none. */
export function findMetric(id: string): MetricDefinition | undefined {
  return METRIC_CATALOG.find((metric) => metric.id === id)
}
