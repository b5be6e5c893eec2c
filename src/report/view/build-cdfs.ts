import { findMetric, REQUEST_METRICS } from '../../metrics/catalog.ts'
import type { MeasuredRequest } from '../../metrics/measured-request.ts'
import { pooledGaps } from '../../metrics/pooled-gaps.ts'
import type { Distribution, MetricOptions, RunSummary } from '../../metrics/run-summary.ts'
import { cdfPoints } from '../../numerics/cdf-points.ts'
import { quantilesOf } from '../../numerics/quantiles-of.ts'
import { formatSetting } from '../format/format-duration.ts'
import { formatSignificant } from '../format/format-significant.ts'
import type { CdfView } from './chart-view.ts'
import { shortLabel } from './short-label.ts'

const DRAWN = ['fluidity-index', 'ttft', 'tbt', 'worst-gap', 'tpot', 'e2e'] as const

const MOST_POINTS = 600
const SAMPLING = `Drawn through at most ${MOST_POINTS} points that lie on the curve, closest together at both ends.`

/** A linear axis on which the median would stand in the first twentieth is made logarithmic. */
const LONGEST_LINEAR_TAIL = 20

/** The cumulative distributions that reports draw. Percentiles come from the summary, so that charts and tables agree. */
export function buildCdfs(
  requests: readonly MeasuredRequest[],
  summary: RunSummary,
  options: MetricOptions,
): readonly CdfView[] {
  return DRAWN.flatMap((id) => {
    const metric = findMetric(id)
    if (metric === undefined) return []
    const samples = id === 'tbt' ? pooledGaps(requests) : samplesOf(requests, id)
    const { values, fractions } = cdfPoints(samples, MOST_POINTS)
    const distribution = summary.distributions.find((candidate) => candidate.id === id)
    const p50 = distribution?.p50 ?? null
    const hasLongTail = p50 !== null && (distribution?.max ?? 0) > LONGEST_LINEAR_TAIL * p50
    return [
      {
        id,
        label: shortLabel(id, metric.label),
        unit: metric.unit,
        better: metric.better,
        sample: id === 'tbt' ? 'gap' : 'request',
        count: samples.length,
        values,
        shares: fractions,
        marks: metric.better === 'higher' ? lowTail(samples) : highTail(distribution),
        scale: id === 'tbt' || (metric.unit === 'ns' && hasLongTail) ? ('log' as const) : ('linear' as const),
        reference: reference(id, requests, options),
        sampling: samples.length <= MOST_POINTS ? null : SAMPLING,
      },
    ]
  })
}

function highTail(distribution: Distribution | undefined): CdfView['marks'] {
  if (distribution === undefined) return []
  const { p50, p90, p99 } = distribution
  if (p50 === null || p90 === null || p99 === null) return []
  return [
    { name: 'p50', share: 0.5, value: p50 },
    { name: 'p90', share: 0.9, value: p90 },
    { name: 'p99', share: 0.99, value: p99 },
  ]
}

/** Where more is better the bad tail is the low one, which summaries do not hold. */
function lowTail(samples: Float64Array): CdfView['marks'] {
  if (samples.length === 0) return []
  const [p1, p10, p50] = quantilesOf(samples, [0.01, 0.1, 0.5]).quantiles
  return [
    { name: 'p50', share: 0.5, value: p50! },
    { name: 'p10', share: 0.1, value: p10! },
    { name: 'p1', share: 0.01, value: p1! },
  ]
}

function samplesOf(requests: readonly MeasuredRequest[], id: string): Float64Array {
  const of = REQUEST_METRICS.find((metric) => metric.id === id)?.of
  return of === undefined
    ? new Float64Array(0)
    : Float64Array.from(requests.map(of).filter((value) => value !== null))
}

function reference(
  id: string,
  requests: readonly MeasuredRequest[],
  options: MetricOptions,
): CdfView['reference'] {
  if (id === 'tbt')
    return { value: options.tbtDeadlineNs, label: `deadline ${formatSetting(options.tbtDeadlineNs)}` }
  if (id === 'fluidity-index') {
    return { value: options.minFluidity, label: `fluid from ${formatSignificant(options.minFluidity)} on` }
  }
  if (id !== 'ttft') return null
  const deadlines = new Set(requests.map(({ promptTokens }) => options.ttftDeadlineNs(promptTokens)))
  const [only] = deadlines
  return deadlines.size === 1 ? { value: only!, label: `deadline ${formatSetting(only!)}` } : null
}
