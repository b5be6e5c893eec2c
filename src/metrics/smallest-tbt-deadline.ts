import { findTbtDeadline } from './find-tbt-deadline.ts'
import { requireDeadline } from './require-deadline.ts'
import { requireFraction } from './require-fraction.ts'
import { requireInterTokenTimes } from './require-inter-token-times.ts'

export interface SmallestTbtDeadlineOptions {
  /** Deadline of the first token, ns. Not used with `ignoreFirst`. */
  readonly ttftDeadlineNs: number
  /** Largest share of deadlines that may be missed, 0..1: 0.1 for a fluidity-index of 0.9. */
  readonly maxMissFraction: number
  /** Leave the first token out: decode only. Default false. */
  readonly ignoreFirst?: boolean
}

/**
 * The smallest deadline between tokens, in whole nanoseconds, at which one answer misses at most `maxMissFraction` of
 * its deadlines. Exact: one nanosecond less misses more (unless the result is 1, the smallest deadline there is).
 *
 * - No token (or one, with `ignoreFirst`): `null`.
 * - The first token is counted, late, and already too large a share of the deadlines: `Infinity`. No deadline between
 *   tokens can repair a late first one.
 * - Every token came with the first, or within the time the first one left: 1.
 *
 * @param interTokenTimesNs as for {@link fluidityIndex}
 * @throws MetronError `bad-config` when a time, the deadline or the fraction is out of range
 * @see Agrawal et al., arXiv 2407.07000, section 5.1
 */
export function smallestTbtDeadline(
  interTokenTimesNs: ArrayLike<number>,
  options: SmallestTbtDeadlineOptions,
): number | null {
  return findTbtDeadline(
    requireInterTokenTimes(interTokenTimesNs),
    options.ignoreFirst ? null : requireDeadline('ttftDeadlineNs', options.ttftDeadlineNs),
    requireFraction('maxMissFraction', options.maxMissFraction),
  )
}
