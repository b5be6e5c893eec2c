/** What became of the deadlines of one stream. */
export interface DeadlineCount {
  /** Deadlines that passed before their token had arrived; one stall can miss many. */
  readonly missed: number
  /** Deadlines met and missed. */
  readonly total: number
  /** Tokens that were judged; the first is not one of them when it is left out. */
  readonly tokens: number
  /** Judged tokens that came late. */
  readonly lateTokens: number
}

/**
 * Algorithm 1 of the Metron paper in integer nanoseconds. A token in time adds what it had left to the slack of the
 * next; a late one is charged every deadline that passed while it was awaited, and takes the slack away.
 *
 * Exact for whole nanoseconds: below 2^53 the rounded quotient of two integers never crosses an integer, so that its
 * floor is right at exact multiples too. Arguments are not checked.
 *
 * @param timesNs inter-token times, the first counted from the request's origin
 * @param ttftDeadlineNs deadline of the first token; `null` leaves the first token out, and slack starts at 0 after it
 * @param tbtDeadlineNs deadline between tokens
 * @see Agrawal et al., arXiv 2407.07000, Algorithm 1; reprinted in arXiv 2507.09019
 */
export function countDeadlines(
  timesNs: Float64Array,
  ttftDeadlineNs: number | null,
  tbtDeadlineNs: number,
): DeadlineCount {
  let slackNs = 0
  let missed = 0
  let lateTokens = 0
  const first = ttftDeadlineNs === null ? 1 : 0
  for (let i = first; i < timesNs.length; i++) {
    const leftNs = (i === 0 ? ttftDeadlineNs! : tbtDeadlineNs) + slackNs - timesNs[i]!
    if (leftNs >= 0) {
      slackNs = leftNs
    } else {
      missed += Math.floor(-leftNs / tbtDeadlineNs) + 1
      lateTokens++
      slackNs = 0
    }
  }
  const tokens = Math.max(0, timesNs.length - first)
  return { missed, total: tokens - lateTokens + missed, tokens, lateTokens }
}
