import { betaCdf } from './beta-cdf.ts'
import { CONFIDENCE } from './interval.ts'

/** Ranks from 1, the smallest, to `count`. `null` where no value is far enough out: there the interval is open. */
export interface QuantileRanks {
  readonly low: number | null
  readonly high: number | null
}

/**
 * Which of `count` sorted independent values bound the quantile `p` of what they were drawn from, whatever its
 * distribution: the binomial order-statistic interval. Half of the doubt lies on each side.
 *
 * `low` is the largest rank whose value lies above the quantile with at most half the doubt, `high` the smallest whose
 * value lies below it with at most that. With few values, or `p` near 0 or 1, there may be none. The interval is of the
 * true quantile; a type-7 estimate from the same values lies between its ends.
 *
 * @param p within 0..1, both excluded
 * @see David and Nagaraja, Order Statistics, section 7.1
 */
export function quantileRanks(count: number, p: number, confidence: number = CONFIDENCE): QuantileRanks {
  const doubt = (1 - confidence) / 2
  // The chance that at least `rank` of the values lie at or below the quantile.
  const atLeast = (rank: number) => betaCdf(p, rank, count - rank + 1)
  const low = lastRank(count, (rank) => 1 - atLeast(rank) <= doubt)
  const high = lastRank(count, (rank) => atLeast(rank) > doubt)
  return { low: low === 0 ? null : low, high: high === count ? null : high + 1 }
}

/** The last rank for which something holds that holds up to some rank and not after it; 0 when for none. */
function lastRank(count: number, holds: (rank: number) => boolean): number {
  let last = 0
  let beyond = count + 1
  while (beyond - last > 1) {
    const middle = Math.floor((last + beyond) / 2)
    if (holds(middle)) last = middle
    else beyond = middle
  }
  return last
}
