import { countDeadlines } from './count-deadlines.ts'
import type { FluidityOptions } from './fluidity-index.ts'
import { requireDeadline } from './require-deadline.ts'
import { requireInterTokenTimes } from './require-inter-token-times.ts'

/** `share` is `null` when no token was judged; otherwise `1 - late / tokens`, 0..1. */
export interface TokenFluidity {
  readonly share: number | null
  /** Tokens that came after their deadline; a stall makes one. */
  readonly late: number
  /** Tokens judged. */
  readonly tokens: number
}

/**
 * The share of an answer's *tokens* that came in time. Deadlines and slack are those of {@link fluidityIndex}; only the
 * charge differs: a stall costs the one token that was awaited, however long it lasts.
 *
 * @param interTokenTimesNs as for {@link fluidityIndex}
 * @throws MetronError `bad-config` when a time or a deadline is not a whole number of nanoseconds in range
 */
export function tokenFluidity(interTokenTimesNs: ArrayLike<number>, options: FluidityOptions): TokenFluidity {
  const ttftDeadlineNs = options.ignoreFirst
    ? null
    : requireDeadline('ttftDeadlineNs', options.ttftDeadlineNs)
  const tbtDeadlineNs = requireDeadline('tbtDeadlineNs', options.tbtDeadlineNs)
  const { tokens, lateTokens } = countDeadlines(
    requireInterTokenTimes(interTokenTimesNs),
    ttftDeadlineNs,
    tbtDeadlineNs,
  )
  return { share: tokens === 0 ? null : (tokens - lateTokens) / tokens, late: lateTokens, tokens }
}
