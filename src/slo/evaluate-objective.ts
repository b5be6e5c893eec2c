import type { MeasuredRequests } from '../metrics/measure-requests.ts'
import type { MetricOptions } from '../metrics/run-summary.ts'
import { clopperPearson } from '../numerics/clopper-pearson.ts'
import { CONFIDENCE, type Interval } from '../numerics/interval.ts'
import { quantileRanks } from '../numerics/quantile-ranks.ts'
import { quantilesOf } from '../numerics/quantiles-of.ts'
import { binomialTail } from './binomial-tail.ts'
import { evaluateErrors } from './evaluate-errors.ts'
import { explainVerdict } from './explain-verdict.ts'
import type { Objective, Verdict } from './objective.ts'
import { objectiveSamples } from './objective-samples.ts'
import { DOUBT, samplesNeeded } from './samples-needed.ts'

/**
 * Judges the measured requests of a run by one objective.
 *
 * - With enough samples (see {@link samplesNeeded}) the observed percentile, or share, decides between pass and fail.
 * - With fewer it is never a pass. It is a fail when so many samples missed the bound that the same or more would come by
 *   chance in at most 1 of 100 such runs of a service that just keeps the objective; otherwise `no-data`.
 *
 * Failed requests miss every bound, unless they are excluded; `errors` counts them in either case. Gaps of one stream
 * depend on each other, so that for `tbt` the confidence is of gaps, not of streams.
 */
export function evaluateObjective(
  objective: Objective,
  { requests }: Pick<MeasuredRequests, 'requests'>,
  options: Pick<MetricOptions, 'failedRequests'>,
): Verdict {
  if (objective.fraction === null) return evaluateErrors(objective, requests)
  const { bound, fraction } = objective
  const isUpper = objective.comparison === '<='
  const { values, misses } = objectiveSamples(objective.metric, requests, options.failedRequests)
  const count = values.length + misses
  const needed = samplesNeeded(fraction)

  let met = 0
  for (const value of values) if (isUpper ? value <= bound : value >= bound) met++
  const attained = count === 0 ? null : met / count
  const observed = percentile(values, misses, isUpper, fraction)
  const isKept =
    objective.form === 'percentile' ? observed !== null && observed <= bound : (attained ?? 0) >= fraction
  const isEnough = count >= needed
  const isBroken = isEnough ? !isKept : count > 0 && binomialTail(count, count - met, 1 - fraction) <= DOUBT
  const verdict = {
    objective,
    status: isBroken ? 'fail' : isEnough ? 'pass' : 'no-data',
    observed: observed !== null && Number.isFinite(observed) ? observed : null,
    attained,
    attainedInterval: clopperPearson(met, count),
    observedInterval: percentileInterval(values, misses, isUpper, fraction),
    count,
    needed,
  } as const
  return { ...verdict, explanation: explainVerdict(verdict) }
}

/** The type-7 percentile from the good side, misses behind the worst value; not finite when it falls among them. */
function percentile(values: Float64Array, misses: number, isUpper: boolean, fraction: number): number | null {
  return quantilesOf(withMisses(values, misses, isUpper), [sideOf(fraction, isUpper)]).quantiles[0]!
}

function percentileInterval(
  values: Float64Array,
  misses: number,
  isUpper: boolean,
  fraction: number,
): Interval | null {
  const count = values.length + misses
  if (count === 0) return null
  const ranks = quantileRanks(count, sideOf(fraction, isUpper))
  const all = withMisses(values, misses, isUpper).sort()
  const at = (rank: number | null): number | null => {
    const value = rank === null ? null : all[rank - 1]!
    return value !== null && Number.isFinite(value) ? value : null
  }
  return { low: at(ranks.low), high: at(ranks.high), confidence: CONFIDENCE }
}

function withMisses(values: Float64Array, misses: number, isUpper: boolean): Float64Array {
  const worst = isUpper ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const all = new Float64Array(values.length + misses).fill(worst)
  all.set(values)
  return all
}

/** What should be large is looked at from below. */
function sideOf(fraction: number, isUpper: boolean): number {
  return isUpper ? fraction : Number((1 - fraction).toFixed(12))
}
