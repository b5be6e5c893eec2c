import type { InstrumentHealth } from '../records/manifest.ts'
import { ARRIVAL_DOUBT, FEWEST_LATE_REQUESTS, HEALTH_LIMITS, type HealthLimit } from './health-limits.ts'

export interface HealthProblem {
  readonly verdict: 'degraded' | 'invalid'
  /** What was found and what to change, one sentence. */
  readonly reason: string
}

/** Figures of a run that only its verdict needs. */
export interface JudgedFigures {
  /** Lag of the requests that were not due together with others at the start; `null` without any, or with a cap. */
  readonly lag: {
    readonly p50Ns: number
    readonly p99Ns: number
    /** How many left later than the invalid limit at p99. */
    readonly lateRequests: number
  } | null
  /** Share of the requests due that left, a second's grace included; `null` without a rate, or with a cap. */
  readonly sentFraction: number | null
  /** What was due together at the start, and how long it took to send; `null` when nothing was, or with a cap. */
  readonly burst: { readonly requests: number; readonly sendingNs: number; readonly runNs: number } | null
  /** Requests that failed in the client itself, of all that were dispatched, and the first one's detail. */
  readonly clientFailures: {
    readonly count: number
    readonly fraction: number
    readonly detail: string
  } | null
}

type Facts = Omit<InstrumentHealth, 'verdict' | 'reasons' | 'lag'>

/** Compares what the instrument saw of itself with {@link HEALTH_LIMITS}. */
export function findHealthProblems(facts: Facts, judged: JudgedFigures): readonly HealthProblem[] {
  const problems: HealthProblem[] = []
  const check = (value: number, limit: HealthLimit, reason: string): void => {
    const sign = limit.invalid === null || limit.invalid > limit.degraded ? 1 : -1
    if (value * sign <= limit.degraded * sign) return
    const isInvalid = limit.invalid !== null && value * sign > limit.invalid * sign
    problems.push({ verdict: isInvalid ? 'invalid' : 'degraded', reason })
  }
  const { lag, sentFraction, burst, clientFailures } = judged

  if (lag !== null) {
    const reason = `Requests left ${time(lag.p50Ns)} late at p50 and ${time(lag.p99Ns)} at p99: use more workers, a lower rate or another machine.`
    const { degraded, invalid } = HEALTH_LIMITS.lagP99Ns
    if (lag.p50Ns > HEALTH_LIMITS.lagP50Ns.invalid) check(lag.p50Ns, HEALTH_LIMITS.lagP50Ns, reason)
    else
      check(
        lag.p99Ns,
        { degraded, invalid: lag.lateRequests < FEWEST_LATE_REQUESTS ? null : invalid },
        reason,
      )
  }
  if (sentFraction !== null)
    check(
      sentFraction,
      HEALTH_LIMITS.sentFraction,
      `Only ${number(facts.achievedPerSec ?? 0)} of ${number(facts.offeredPerSec ?? 0)} requests/s were sent: use more workers, a lower rate or another machine.`,
    )
  if (burst !== null && burst.sendingNs > HEALTH_LIMITS.lagP99Ns.degraded)
    check(
      burst.sendingNs / burst.runNs,
      HEALTH_LIMITS.burstFraction,
      `Sending the ${burst.requests} requests that were due together took ${time(burst.sendingNs)} of a run of ${time(burst.runNs)}: use more workers or fewer requests at once.`,
    )
  if (clientFailures !== null)
    check(
      clientFailures.fraction,
      HEALTH_LIMITS.clientFailureFraction,
      `${clientFailures.count} requests failed in the client itself, not at the server: ${clientFailures.detail}.`,
    )
  for (const { worker, loopDelayP99Ns, gcMaxNs } of facts.workers)
    check(
      loopDelayP99Ns,
      HEALTH_LIMITS.loopDelayP99Ns,
      `The event loop of worker ${worker} was ${time(loopDelayP99Ns)} late at p99, so stamps were too (its longest garbage collection took ${time(gcMaxNs)}): use more workers, a lower rate or a quieter machine.`,
    )
  if (facts.arrivals !== null && facts.arrivals.pValue < ARRIVAL_DOUBT && judged.lag !== null) {
    const { statistic, pValue, distribution } = facts.arrivals
    check(
      statistic,
      HEALTH_LIMITS.arrivalDistance,
      `Requests did not leave like ${distribution} arrivals (Kolmogorov-Smirnov distance ${number(statistic)}, p ${pValue < 1e-6 ? 'below 1e-6' : number(pValue)}): use more workers, a lower rate or another machine.`,
    )
  }
  if (facts.cpuStealFraction !== null)
    check(
      facts.cpuStealFraction,
      HEALTH_LIMITS.cpuStealFraction,
      `The hypervisor gave ${number(facts.cpuStealFraction * 100)} % of the CPU time to other machines: use a machine with cores of its own.`,
    )
  if (facts.backlogMaxNs !== null)
    check(
      facts.backlogMaxNs,
      HEALTH_LIMITS.backlogMaxNs,
      `The thread that parses answers was ${time(facts.backlogMaxNs)} behind; stamps are not late, but requests may have been dealt out late: use fewer workers than cores, a lower rate or another machine.`,
    )
  return problems
}

function time(ns: number): string {
  return ns < 1e9 ? `${number(ns / 1e6)} ms` : `${number(ns / 1e9)} s`
}

/** Three digits, without an exponent. */
function number(value: number): string {
  const rounded = Number(value.toPrecision(3))
  return Math.abs(rounded) >= 1e-6 ? String(rounded) : '0'
}
