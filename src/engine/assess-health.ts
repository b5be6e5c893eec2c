import { quantileSorted } from '../numerics/quantile-sorted.ts'
import type { InstrumentHealth } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import type { LoopHealth } from './thread-messages.ts'

/** Limits of the verdict; documented in docs/explain/instrument-health.md. */
export const HEALTH_LIMITS = {
  /** Schedule lag at p99. */
  lagP99Ns: { degraded: 10e6, invalid: 100e6 },
  /** Delay of a stamping thread's event loop at p99. */
  loopDelayP99Ns: { degraded: 20e6, invalid: 200e6 },
  /** Achieved over offered rate. */
  achievedFraction: { degraded: 0.98, invalid: 0.9 },
} as const

export interface HealthFacts {
  readonly records: readonly RequestRecord[]
  readonly loops: readonly LoopHealth[]
  /** Open loop: requests that were due until the last dispatch, and the stretch of time they were due in. */
  readonly offered: { readonly requests: number; readonly spanNs: number } | null
  /** The user capped concurrency: requests held back by the cap are no fault of the instrument. */
  readonly capped: boolean
}

/** What the instrument says of itself after a run, and whether its numbers can be trusted. */
export function assessHealth({ records, loops, offered, capped }: HealthFacts): InstrumentHealth {
  const lags = Float64Array.from(records, ({ moments }) => moments.dispatchedNs - moments.dueNs).sort()
  const at = (p: number): number => quantileSorted(lags, p)!
  const lag = lags.length === 0 ? null : { p50Ns: at(0.5), p99Ns: at(0.99), maxNs: at(1) }
  const offeredPerSec = offered === null ? null : perSec(offered.requests, offered.spanNs)
  const lastDispatchNs = records.reduce((last, { moments }) => Math.max(last, moments.dispatchedNs), 0)
  const achievedPerSec = perSec(records.length, lastDispatchNs)

  const findings: { verdict: 'degraded' | 'invalid'; reason: string }[] = []
  const check = (value: number, limits: { degraded: number; invalid: number }, reason: string): void => {
    const sign = limits.invalid > limits.degraded ? 1 : -1
    if (value * sign > limits.degraded * sign)
      findings.push({ verdict: value * sign > limits.invalid * sign ? 'invalid' : 'degraded', reason })
  }
  if (lag !== null && !capped)
    check(
      lag.p99Ns,
      HEALTH_LIMITS.lagP99Ns,
      `Requests left ${ms(lag.p99Ns)} late at p99: use more workers, a lower rate or another machine.`,
    )
  for (const loop of loops)
    check(
      loop.loopDelayP99Ns,
      HEALTH_LIMITS.loopDelayP99Ns,
      `The event loop of worker ${loop.worker} was ${ms(loop.loopDelayP99Ns)} late at p99, so stamps were too: use more workers or a quieter machine.`,
    )
  if (offeredPerSec !== null && achievedPerSec !== null && !capped)
    check(
      achievedPerSec / offeredPerSec,
      HEALTH_LIMITS.achievedFraction,
      `Only ${achievedPerSec.toPrecision(3)} of ${offeredPerSec.toPrecision(3)} requests/s were sent: use more workers or a lower rate.`,
    )

  return {
    verdict: findings.some(({ verdict }) => verdict === 'invalid')
      ? 'invalid'
      : (findings[0]?.verdict ?? 'valid'),
    reasons: findings.map(({ reason }) => reason),
    lag,
    workers: loops,
    cpuStealFraction: null,
    arrivals: null,
    calibration: null,
    offeredPerSec,
    achievedPerSec,
    connectionsOpened: records.filter(({ connectNs }) => connectNs !== null).length,
    connectionsReused: records.filter(
      ({ connectNs, moments }) => connectNs === null && moments.sentNs !== null,
    ).length,
    resends: records.reduce((sum, { attempts }) => sum + attempts - 1, 0),
  }
}

function perSec(count: number, spanNs: number): number | null {
  return spanNs > 0 && count > 0 ? (count / spanNs) * 1e9 : null
}

function ms(ns: number): string {
  return `${(ns / 1e6).toPrecision(3)} ms`
}
