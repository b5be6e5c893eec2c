import { countDeadlines } from './count-deadlines.ts'
import { requireDeadline } from './require-deadline.ts'
import { requireInterTokenTimes } from './require-inter-token-times.ts'

/** The deadlines one stream is judged by. */
export interface FluidityOptions {
  /** Deadline of the first token, ns. Not used with `ignoreFirst`. */
  readonly ttftDeadlineNs: number
  /** Deadline between tokens, ns. */
  readonly tbtDeadlineNs: number
  /** Leave the first token out: decode only. Slack starts at 0 when it arrives. Default false. */
  readonly ignoreFirst?: boolean
}

/** `index` is `null` when no deadline was judged; otherwise `1 - missed / total`, 0..1. */
export interface Fluidity {
  readonly index: number | null
  /** Deadlines missed; a stall is charged for every deadline that passed while it lasted. */
  readonly missed: number
  /** Deadlines met and missed. */
  readonly total: number
}

/**
 * The fluidity-index of one answer: the share of token deadlines that were met, by the Metron paper's Algorithm 1.
 * Tokens that come early earn slack for later ones; a stall misses every deadline that passes while it lasts, and the
 * schedule starts anew when it ends.
 *
 * No token (or one, with `ignoreFirst`): `{ index: null, missed: 0, total: 0 }`, never 0 or 1.
 * Grows, or stays, as either deadline grows.
 *
 * @param interTokenTimesNs time to the first token, then the gap before each further token; whole nanoseconds.
 *   Tokens that arrived together have a gap of 0.
 * @throws MetronError `bad-config` when a time or a deadline is not a whole number of nanoseconds in range
 * @see Agrawal et al., arXiv 2407.07000, Algorithm 1
 */
export function fluidityIndex(interTokenTimesNs: ArrayLike<number>, options: FluidityOptions): Fluidity {
  const ttftDeadlineNs = options.ignoreFirst
    ? null
    : requireDeadline('ttftDeadlineNs', options.ttftDeadlineNs)
  const tbtDeadlineNs = requireDeadline('tbtDeadlineNs', options.tbtDeadlineNs)
  const { missed, total } = countDeadlines(
    requireInterTokenTimes(interTokenTimesNs),
    ttftDeadlineNs,
    tbtDeadlineNs,
  )
  return { index: total === 0 ? null : (total - missed) / total, missed, total }
}
