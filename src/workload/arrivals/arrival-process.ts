import type { z } from 'zod'
import type { RandomStream } from '../../numerics/random-stream.ts'
import type { GapDistribution } from './gap-distribution.ts'

/**
 * A way in which requests become due, as a plain object.
 *
 * An *open-loop* process yields due times that do not depend on the server. A *closed loop* has no due times of its
 * own: each of `users` sends its next request when the previous one has ended.
 */
export interface ArrivalProcess<Options = unknown> {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType<Options>
  /** Closed loop only: the number of users; open-loop processes leave it out. */
  users?(options: Options): number
  /** `true` when time does not advance (a burst), so that only a number of requests can end the run. */
  readonly needsRequests?: boolean
  /**
   * Open loop only: due times in integer ns from 0, never decreasing, without end unless the process is finite by
   * nature (a recorded schedule). Callers stop reading at the run's limits.
   */
  dueTimesNs?(options: Options, random: RandomStream): Iterable<number>
  /**
   * Random open loops with independent gaps: their distribution, the gap before the first request included. A run tests
   * whether its requests really left like that. Without it, nothing is tested.
   */
  gaps?(options: Options): GapDistribution
}
