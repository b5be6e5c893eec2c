import { REQUEST_METRICS } from '../metrics/catalog.ts'
import type { MeasuredRequests } from '../metrics/measure-requests.ts'
import type { MeasuredRequest } from '../metrics/measured-request.ts'
import type { MetricOptions } from '../metrics/run-summary.ts'
import { quantilesOf } from '../numerics/quantiles-of.ts'
import type { Objective } from './objective.ts'

/** Requests that met all bounds at once, of those judged. `attained` is `null` when none was judged. */
export interface JointAttainment {
  readonly attained: number | null
  readonly met: number
  readonly count: number
}

/**
 * The share of requests that meet every bound at once: what DistServe calls SLO attainment, and its goodput is the highest
 * rate at which it is 90 %.
 *
 * Of an objective over requests the bound is applied to each request; its percentile or share does not matter. Of one over
 * gaps (`tbt<=30ms@p99`) each request's own gaps must keep it. `errors` is met by every request that did not fail. A
 * request without a value (no gap, for one) has nothing to break. Failed requests meet nothing, unless excluded.
 *
 * @see Zhong et al., DistServe, OSDI 2024, arXiv 2401.09670
 */
export function jointAttainment(
  objectives: readonly Objective[],
  { requests }: Pick<MeasuredRequests, 'requests'>,
  options: Pick<MetricOptions, 'failedRequests'>,
): JointAttainment {
  let met = 0
  let count = 0
  for (const request of requests) {
    if (!request.ok && options.failedRequests === 'exclude') continue
    count++
    if (request.ok && objectives.every((objective) => isMet(objective, request))) met++
  }
  return { attained: count === 0 ? null : met / count, met, count }
}

function isMet(objective: Objective, request: MeasuredRequest): boolean {
  if (objective.fraction === null) return true
  if (objective.metric === 'tbt') return keepsGaps(objective, objective.fraction, request)
  const value = REQUEST_METRICS.find(({ id }) => id === objective.metric)?.of(request) ?? null
  if (value === null) return true
  return objective.comparison === '<=' ? value <= objective.bound : value >= objective.bound
}

function keepsGaps(objective: Objective, fraction: number, request: MeasuredRequest): boolean {
  const gaps = request.interTokenTimesNs.slice(1)
  if (gaps.length === 0) return true
  if (objective.form === 'percentile') return quantilesOf(gaps, [fraction]).quantiles[0]! <= objective.bound
  return gaps.filter((gapNs) => gapNs <= objective.bound).length / gaps.length >= fraction
}
