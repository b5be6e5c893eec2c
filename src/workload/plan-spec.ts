import type { ArrivalProcess } from './arrivals/arrival-process.ts'
import type { LengthDistribution, RequestLengths } from './lengths/length-distribution.ts'

/** A length distribution and options that its schema accepts. */
export interface LengthSpec {
  readonly distribution: LengthDistribution
  readonly options: unknown
}

/** Where the lengths of the requests come from. */
export type LengthSource =
  | { readonly kind: 'independent'; readonly prompt: LengthSpec; readonly output: LengthSpec }
  /** Request k has the lengths of row k; after the last row the first comes again. */
  | { readonly kind: 'trace'; readonly rows: readonly RequestLengths[] }

/** What {@link createPlan} needs to know. At least one of `requests` and `durationNs` must be given. */
export interface PlanSpec {
  /** A safe integer. */
  readonly seed: number
  readonly arrivals: { readonly process: ArrivalProcess; readonly options: unknown }
  readonly lengths: LengthSource
  /** The run ends after so many measured requests; warm-up requests come in addition. */
  readonly requests?: number | null
  /** The run ends after so much measured time; warm-up comes in addition. */
  readonly durationNs?: number | null
  /** The first requests, or the requests due in the first so many ns, are sent but not measured. */
  readonly warmup?: { readonly requests: number } | { readonly ns: number } | null
  /** The prompt of request `id`, `promptTokens` long, asking for `outputTokens`; must be a pure function. */
  readonly promptText: (id: number, promptTokens: number, outputTokens: number) => string
}
