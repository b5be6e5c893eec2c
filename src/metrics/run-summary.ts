import type { FailureReason } from '../records/outcome.ts'
import type { TokenSource } from '../records/request-record.ts'

/** Moment from which latency is counted. */
export type LatencyOrigin = 'due' | 'sent'

/** How records are judged: opinions, chosen after the fact. */
export interface MetricOptions {
  readonly origin: LatencyOrigin
  /** Deadline of the first token for a prompt of so many tokens. */
  readonly ttftDeadlineNs: (promptTokens: number) => number
  /** Prompt lengths for which that deadline was measured; absent: it holds for all. */
  readonly ttftRangeTokens?: { readonly from: number; readonly to: number } | undefined
  /** Deadline between tokens. */
  readonly tbtDeadlineNs: number
  /** Leave the first token out of the fluidity-index (decode only). */
  readonly ignoreFirst: boolean
  /** fluid token generation rate: a request is fluid from this fluidity-index on (default 0.9). */
  readonly minFluidity: number
  /** fluid token generation rate: this share of requests must be fluid (default 0.99). */
  readonly requestFraction: number
  /** `miss`: failed requests count as misses of every objective; `exclude`: they are left out, and reports say so. */
  readonly failedRequests: 'miss' | 'exclude'
  /** Requests due earlier are warm-up and not measured. */
  readonly measureFromNs: number
}

/** Type-7 percentiles of the samples of one metric. All values are `null` when `count` is 0. */
export interface Distribution {
  /** Id in the metric catalog. */
  readonly id: string
  readonly count: number
  readonly mean: number | null
  readonly min: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly max: number | null
}

/**
 * A metric with one value for the whole run; `count`: samples behind it. `null` when there is no data, and for the fluid
 * token generation rate also when too many requests failed to be fluid at any deadline (`count` is above 0 then).
 */
export interface RunScalar {
  readonly id: string
  readonly value: number | null
  readonly count: number
}

/**
 * Quantiles over requests of the deadline miss rate, against the deadline between tokens. Parallel arrays. First tokens
 * are left out. Of a run of more than 2,000 requests it is made from 2,000 of them, evenly spaced.
 */
export interface DeadlineCurve {
  readonly tbtDeadlineNs: readonly number[]
  readonly p50: readonly (number | null)[]
  readonly p90: readonly (number | null)[]
  readonly p99: readonly (number | null)[]
  /** Requests behind each point: fewer than measured when the run is large. */
  readonly count: number
}

/** `summary.json`: every metric of a run. Computed from records alone. */
export interface RunSummary {
  readonly schemaVersion: 1
  /** The options that made it, with the TTFT deadline in words. */
  readonly options: Omit<MetricOptions, 'ttftDeadlineNs'> & { readonly ttftDeadline: string }
  /** From the first measured due moment to the last measured token (or end of a failure). `null` without data. */
  readonly window: { readonly fromNs: number; readonly toNs: number } | null
  readonly counts: {
    readonly warmup: number
    readonly measured: number
    readonly ok: number
    readonly failed: number
    readonly failures: Partial<Record<FailureReason, number>>
    readonly tokenSources: Partial<Record<TokenSource, number>>
    /** Of answered requests. */
    readonly outputTokens: number
  }
  readonly distributions: readonly Distribution[]
  readonly scalars: readonly RunScalar[]
  readonly deadlineCurve: DeadlineCurve
}
