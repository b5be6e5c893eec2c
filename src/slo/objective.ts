import type { Interval } from '../numerics/interval.ts'

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
  /**
   * What decides. `percentile` (`@p99`): the type-7 percentile, as tables print it, meets the bound.
   * `share` (`@99%`): that share of samples meets the bound; `errors` is of this form.
   */
  readonly form: 'percentile' | 'share'
}

/**
 * Outcome of one objective. `no-data`: too few samples to claim the asked percentile, and not so many misses that the
 * bound is certainly broken; never a pass. `void`: the client itself was the limit of the run, so that nothing can be said
 * of the server; never a pass either.
 */
export interface Verdict {
  readonly objective: Objective
  readonly status: 'pass' | 'fail' | 'no-data' | 'void'
  /**
   * The percentile (or share of errors) observed, in the metric's unit. `null` without samples, and when the percentile
   * falls among failed requests, which have no value.
   */
  readonly observed: number | null
  /** Share of samples that met the bound; `null` without samples. */
  readonly attained: number | null
  /**
   * Where the true share that meets the bound lies with 95 % confidence if samples are independent (Clopper and Pearson);
   * `null` without samples.
   */
  readonly attainedInterval: Interval | null
  /**
   * Where the true percentile lies with 95 % confidence if samples are independent (order statistics), in the metric's unit; of
   * `errors`, where the true share lies. An end is `null` where there are too few samples to bound that side, or where it lies
   * among failed requests; all is `null` without samples.
   */
  readonly observedInterval: Interval | null
  /** Samples judged: requests or, for `tbt`, gaps between tokens. Failed requests are among them unless excluded. */
  readonly count: number
  /** Samples needed before the verdict can be `pass`. */
  readonly needed: number
  /** One sentence for people. */
  readonly explanation: string
}
