import type { MeasuredRequest } from './measured-request.ts'
import type { MetricDefinition } from './metric-definition.ts'

/** A metric with one value a request, and where to find it. `null`: this request has none. */
export interface RequestMetric extends MetricDefinition {
  readonly scope: 'request'
  readonly of: (request: MeasuredRequest) => number | null
}
