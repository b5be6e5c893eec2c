/** A figure beyond `degraded` weakens a run, one beyond `invalid` voids it; `null`: never by itself. */
export interface HealthLimit {
  readonly degraded: number
  readonly invalid: number | null
}

/** Limits of the verdict; docs/explain/instrument-health.md says why they lie where they lie. */
export const HEALTH_LIMITS = {
  /** Schedule lag of the typical request: lateness that stays. */
  lagP50Ns: { degraded: 10e6, invalid: 50e6 },
  /** Schedule lag at p99. */
  lagP99Ns: { degraded: 10e6, invalid: 250e6 },
  /** Delay of a stamping thread's event loop at p99. */
  loopDelayP99Ns: { degraded: 20e6, invalid: 250e6 },
  /** Share of the requests due that left until {@link RATE_GRACE_NS} after the last was due. Lower is worse. */
  sentFraction: { degraded: 0.98, invalid: 0.9 },
  /** Time to send the requests that were due at the start together, as a share of the run. */
  burstFraction: { degraded: 0.1, invalid: 0.5 },
  /** Distance between the gaps of the dispatches and the arrival process, when chance cannot explain it. */
  arrivalDistance: { degraded: 0.1, invalid: 0.5 },
  /** Requests that failed in the client itself, over all that left: no file descriptor, no port. */
  clientFailureFraction: { degraded: 0, invalid: 0.01 },
  /** CPU time that the hypervisor gave to other machines. */
  cpuStealFraction: { degraded: 0.1, invalid: null },
  /** How far the main thread, which deals out requests 5 s ahead of time, was behind. */
  backlogMaxNs: { degraded: 2.5e9, invalid: null },
} as const satisfies Readonly<Record<string, HealthLimit>>

/** So many requests must be beyond the invalid limit of lag at p99, or a single pause would void any short run. */
export const FEWEST_LATE_REQUESTS = 10

/** A single pause at the end of a short run is lag, not a rate that was not reached. */
export const RATE_GRACE_NS = 1e9

/** Arrivals are held against a run only when chance would bring their distance less often than this. */
export const ARRIVAL_DOUBT = 1e-3
