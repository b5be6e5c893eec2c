/** Raised whenever the shape of a prefill profile changes. */
export const PREFILL_PROFILE_VERSION = 1

/** A value with the ends of its 95 % confidence interval. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** One prompt length of a profile. Times in ns. */
export interface PrefillPoint {
  /** Median of the prompt lengths as the server counted them, else as they were asked for. */
  readonly promptTokens: number
  /** Requests behind it. */
  readonly count: number
  /** Median TTFT and its distribution-free interval. */
  readonly ttftNs: Interval
  /** The fitted curve here and its bootstrap interval. */
  readonly fittedNs: Interval
  /** (measured - fitted) / measured. */
  readonly residualFraction: number
  /** Whether the interval became as tight as was asked. */
  readonly reachedPrecision: boolean
}

/** How long the first token takes on an idle server, against the length of the prompt. Holds no key or header. */
export interface PrefillProfile {
  readonly schemaVersion: typeof PREFILL_PROFILE_VERSION
  readonly kind: 'metron-prefill-profile'
  /** Wall clock, ISO 8601 UTC. */
  readonly measuredAt: string
  readonly versions: { readonly metron: string; readonly node: string }
  /** `real` over the network, `virtual` in the simulator's time. */
  readonly clock: 'real' | 'virtual'
  readonly target: { readonly url: string | null; readonly model: string; readonly protocol: string }
  readonly seed: number
  /** Folders with the raw timelines, in order. */
  readonly runs: readonly string[]
  /** Half width of the interval that was asked for, over the median. */
  readonly precisionFraction: number
  readonly points: readonly PrefillPoint[]
  /** TTFT in ns of a prompt of n tokens: `aNs + bNs n + cNs n^2`; nothing is known outside `fromTokens..toTokens`. */
  readonly fit: {
    readonly aNs: Interval
    readonly bNs: Interval
    readonly cNs: Interval
    readonly fromTokens: number
    readonly toTokens: number
    readonly meanErrorFraction: number
    readonly maxErrorFraction: number
  }
  /** Requests that were left out: failed ones, and those whose prompt a prefix cache held in part. */
  readonly excluded: { readonly failed: number; readonly cached: number }
  /** Requests whose server told how many prompt tokens came from a cache. */
  readonly cacheToldRequests: number
  readonly health: { readonly verdict: 'valid' | 'degraded'; readonly reasons: readonly string[] }
}
