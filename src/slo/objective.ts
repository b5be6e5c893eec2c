/**
 * One bound on one metric. Two forms:
 * - a percentile of samples: `ttft<=300ms@p90`, `tbt<=30ms@p99` (99 % of all gaps);
 * - a share of requests: `fluidity>=0.9@99%` (99 % of requests have at least 0.9), `errors<=1%`.
 */
export interface Objective {
  /** As the user wrote it. */
  readonly text: string
  /** Id in the metric catalog, or `errors`. */
  readonly metric: string
  readonly comparison: '<=' | '>='
  /** In the metric's unit (ns, fraction, tokens/s). */
  readonly bound: number
  /** Share of samples that must meet the bound, such as 0.99; `null` for `errors`. */
  readonly fraction: number | null
}

/** Outcome of one objective. `no-data`: too few samples to claim the asked percentile; never a pass. */
export interface Verdict {
  readonly objective: Objective
  readonly status: 'pass' | 'fail' | 'no-data'
  /** The percentile (or share of errors) observed, in the metric's unit; `null` without samples. */
  readonly observed: number | null
  /** Share of samples that met the bound. */
  readonly attained: number | null
  readonly count: number
  /** Samples needed before the verdict can be other than `no-data`. */
  readonly needed: number
  /** One sentence for people. */
  readonly explanation: string
}
