/** The tokens of one request against time, in ns from the chosen origin, with the deadlines that Algorithm 1 set. */
export interface TimelineView {
  /** Why this request was chosen: `Least fluid`. */
  readonly choice: string
  readonly requestId: number
  readonly promptTokens: number
  readonly outputTokens: number
  readonly fluidityIndex: number | null
  readonly missed: number
  readonly ttftNs: number
  readonly worstGapNs: number | null
  /** Cumulative tokens after each arrival. */
  readonly steps: { readonly ns: readonly number[]; readonly tokens: readonly number[] }
  /** When each token was due: straight stretches, a new one after every missed deadline. */
  readonly deadlines: readonly DeadlineStretch[]
  readonly stallCount: number
  /** From the deadline that passed to the token that came too late. Longest 200 when there are more. */
  readonly stalls: readonly Stall[]
  readonly sampling: string | null
}

/** Token `fromToken` (from 1) was due at `fromNs`, ..., token `toToken` at `toNs`. */
export interface DeadlineStretch {
  readonly fromNs: number
  readonly fromToken: number
  readonly toNs: number
  readonly toToken: number
}

/** The reader waited for `token` (from 1) from its deadline to its arrival; `missed` deadlines passed. */
export interface Stall {
  readonly fromNs: number
  readonly toNs: number
  readonly token: number
  readonly missed: number
}
