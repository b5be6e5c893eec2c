import { findMetric, REQUEST_METRICS } from '../metrics/catalog.ts'
import type { MeasuredRequest } from '../metrics/measured-request.ts'
import type { MetricDefinition } from '../metrics/metric-definition.ts'
import type { Statistic } from './comparison.ts'

/** A metric to compare, and the samples that a request gives. */
export interface ComparedMetric extends Pick<MetricDefinition, 'label' | 'unit' | 'definition'> {
  readonly metric: string
  readonly better: 'lower' | 'higher'
  readonly statistics: readonly Statistic[]
  /** Samples of one request, none when it has no value. */
  samples(request: MeasuredRequest): ArrayLike<number>
}

/** Few, so that chance has few occasions: what people feel first, then what they wait for. */
export const COMPARED_METRICS: readonly ComparedMetric[] = [
  requestMetric('fluidity-index', ['mean']),
  {
    metric: 'errors',
    label: 'Failed requests',
    unit: 'fraction',
    better: 'lower',
    definition: 'Share of measured requests that failed.',
    statistics: ['share'],
    samples: ({ ok }) => [ok ? 0 : 1],
  },
  requestMetric('ttft', ['p50', 'p90', 'p99']),
  {
    ...described('tbt'),
    statistics: ['mean', 'p99'],
    samples: ({ ok, interTokenTimesNs }) => (ok ? interTokenTimesNs.subarray(1) : []),
  },
  requestMetric('tpot', ['p50', 'p90']),
  requestMetric('worst-gap', ['p50', 'p90']),
  requestMetric('e2e', ['p50', 'p90']),
]

/** Every number that is compared, in the order in which it is shown. */
export const ROWS = COMPARED_METRICS.flatMap((metric) =>
  metric.statistics.map((statistic) => ({ metric, statistic, id: `${metric.metric}.${statistic}` })),
)

/** Their ids, as margins name them. */
export const COMPARED_ROWS: readonly string[] = ROWS.map(({ id }) => id)

function requestMetric(id: string, statistics: readonly Statistic[]): ComparedMetric {
  const { of } = REQUEST_METRICS.find((metric) => metric.id === id)!
  return {
    ...described(id),
    statistics,
    samples(request) {
      const value = of(request)
      return value === null ? [] : [value]
    },
  }
}

function described(id: string): Omit<ComparedMetric, 'statistics' | 'samples'> {
  const { label, unit, better, definition } = findMetric(id)!
  return { metric: id, label, unit, better: better === 'higher' ? 'higher' : 'lower', definition }
}
