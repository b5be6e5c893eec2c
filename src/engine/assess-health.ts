import { quantileSorted } from '../numerics/quantile-sorted.ts'
import type { InstrumentHealth } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import type { GapDistribution } from '../workload/arrivals/gap-distribution.ts'
import { findHealthProblems, type JudgedFigures } from './find-health-problems.ts'
import { fitArrivals } from './fit-arrivals.ts'
import { HEALTH_LIMITS, RATE_GRACE_NS } from './health-limits.ts'
import type { LoopHealth } from './thread-messages.ts'
import { wasDispatched } from './was-dispatched.ts'

export interface HealthFacts {
  readonly records: readonly RequestRecord[]
  readonly loops: readonly LoopHealth[]
  /** Open loop: requests that were due until the last dispatch, and the stretch of time they were due in. */
  readonly offered: { readonly requests: number; readonly spanNs: number } | null
  /** The user capped concurrency: requests held back by the cap are no fault of the instrument. */
  readonly capped: boolean
  /** How gaps between requests should be distributed; absent when the arrival process does not say. */
  readonly gaps?: GapDistribution | undefined
  /** See {@link InstrumentHealth}. */
  readonly cpuStealFraction: number | null
  readonly backlogMaxNs: number | null
}

/** What the instrument says of itself after a run, and whether its numbers can be trusted. */
export function assessHealth(facts: HealthFacts): InstrumentHealth {
  const { records, loops, gaps } = facts
  const dispatched = records.filter(wasDispatched)
  const lastDispatchNs = latest(dispatched, ({ moments }) => moments.dispatchedNs)
  const lastEndNs = latest(records, ({ moments }) => moments.endNs)
  // A burst is due in no time at all: it has no rate.
  const offered = facts.offered !== null && facts.offered.spanNs > 0 ? facts.offered : null
  const figures = {
    workers: loops,
    cpuStealFraction: facts.cpuStealFraction,
    arrivals: gaps === undefined ? null : fitArrivals(dispatched, gaps),
    calibration: null,
    offeredPerSec: offered === null ? null : perSec(offered.requests, offered.spanNs),
    achievedPerSec: perSec(
      dispatched.length,
      offered === null ? lastEndNs : Math.max(lastDispatchNs, offered.spanNs),
    ),
    connectionsOpened: records.filter(({ connectNs }) => connectNs !== null).length,
    connectionsReused: records.filter(
      ({ connectNs, moments }) => connectNs === null && moments.sentNs !== null,
    ).length,
    resends: records.reduce((sum, { attempts }) => sum + attempts - 1, 0),
    backlogMaxNs: facts.backlogMaxNs,
  }

  const together = dispatched.filter(({ moments }) => moments.dueNs === 0)
  const isBurst = together.length > 1
  const spread = isBurst ? dispatched.filter(({ moments }) => moments.dueNs > 0) : dispatched
  const clientFailures = clientFailuresOf(dispatched)
  const judged: JudgedFigures = facts.capped
    ? { lag: null, sentFraction: null, burst: null, clientFailures }
    : {
        clientFailures,
        lag: judgedLagOf(spread),
        sentFraction:
          offered === null
            ? null
            : (dispatched.length / offered.requests) *
              Math.min(1, (offered.spanNs + RATE_GRACE_NS) / lastDispatchNs),
        burst: isBurst
          ? {
              requests: together.length,
              sendingNs: latest(together, ({ moments }) => moments.dispatchedNs),
              runNs: lastEndNs,
            }
          : null,
      }
  const problems = findHealthProblems(figures, judged)
  const isInvalid = problems.some(({ verdict }) => verdict === 'invalid')
  return {
    verdict: isInvalid ? 'invalid' : problems.length > 0 ? 'degraded' : 'valid',
    // What voids a run comes first.
    reasons: problems
      .toSorted((a, b) => Number(b.verdict === 'invalid') - Number(a.verdict === 'invalid'))
      .map(({ reason }) => reason),
    lag: lagOf(dispatched),
    ...figures,
  }
}

function lagOf(records: readonly RequestRecord[]): InstrumentHealth['lag'] {
  const lags = Float64Array.from(records, ({ moments }) => moments.dispatchedNs - moments.dueNs).sort()
  if (lags.length === 0) return null
  const at = (p: number): number => quantileSorted(lags, p)!
  return { p50Ns: at(0.5), p99Ns: at(0.99), maxNs: at(1) }
}

function judgedLagOf(records: readonly RequestRecord[]): JudgedFigures['lag'] {
  const lag = lagOf(records)
  const { invalid } = HEALTH_LIMITS.lagP99Ns
  const late = records.filter(({ moments }) => moments.dispatchedNs - moments.dueNs > invalid)
  return lag === null ? null : { ...lag, lateRequests: late.length }
}

function clientFailuresOf(records: readonly RequestRecord[]): JudgedFigures['clientFailures'] {
  const details = records.flatMap(({ outcome }) =>
    outcome.kind === 'failed' && outcome.reason === 'client' ? [outcome.detail] : [],
  )
  const [detail] = details
  if (detail === undefined) return null
  return { count: details.length, fraction: details.length / records.length, detail }
}

function latest(records: readonly RequestRecord[], momentOf: (record: RequestRecord) => number): number {
  return records.reduce((last, record) => Math.max(last, momentOf(record)), 0)
}

function perSec(count: number, spanNs: number): number | null {
  return spanNs > 0 && count > 0 ? (count / spanNs) * 1e9 : null
}
