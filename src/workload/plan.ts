import type { GapDistribution } from './arrivals/gap-distribution.ts'

/**
 * What will be sent and when, decided before the clock starts. Same config and seed, same plan, however many threads
 * execute it.
 */
export interface Plan {
  /** Number of closed-loop users; `null` for an open loop. */
  readonly users: number | null
  /** Number of requests; `null` for a closed loop that is stopped by duration only. */
  readonly size: number | null
  /** Open loop: the due time of every request, ns, never decreasing, length `size`. Closed loop: `null`. */
  readonly dueNs: Float64Array | null
  /** Requests with a smaller id are warm-up; 0 when the warm-up is given in seconds or absent. */
  readonly warmupRequests: number
  /** Requests due earlier are warm-up; 0 when the warm-up is given in requests or absent. */
  readonly warmupNs: number
  /**
   * No request becomes due at or after this moment, warm-up included; `null` when only the number of requests ends
   * the run.
   */
  readonly durationNs: number | null
  /** How the gaps between due times are distributed; absent when the arrival process has no distribution. */
  readonly gaps?: GapDistribution
  /** Lengths of request `id`; a pure function of the seed and the id. */
  lengths(id: number): { readonly promptTokens: number; readonly outputTokens: number }
  /** The prompt text of request `id`, exactly `promptTokens` long by the plan's tokenizer; pure and salted. */
  prompt(id: number): string
  /** SHA-256 (hex) over users, due times and the lengths of the first 10,000 requests, and the seed. */
  readonly digest: string
}

/** The part of a plan that its arrival process and limits decide. */
export type PlanSchedule = Pick<Plan, 'users' | 'size' | 'dueNs' | 'durationNs'>
