/**
 * The smallest whole number of nanoseconds for the deadline between tokens at which at most `maxMissFraction` of a
 * stream's deadlines are missed. The search behind {@link smallestTbtDeadline}; arguments are not checked.
 *
 * The miss rate never grows with the deadline, so that halving an interval of integers is exact. The interval is short:
 * it ends where no token is late, and starts where even a stream without any slack wasted would miss too many.
 *
 * @returns `null` when no token is judged, `Infinity` when no deadline is long enough
 */
export function findTbtDeadline(
  timesNs: Float64Array,
  ttftDeadlineNs: number | null,
  maxMissFraction: number,
): number | null {
  const judged = ttftDeadlineNs === null ? timesNs.length - 1 : timesNs.length
  if (judged < 1) return null
  const headStartNs = ttftDeadlineNs === null ? 0 : ttftDeadlineNs - timesNs[0]!
  const slackNs = Math.max(0, headStartNs)
  const { largestNs, sumNs } = noneLate(timesNs, slackNs)
  // A first token that is late by more than the deadline between tokens is charged more than once.
  const enoughNs = Math.max(1, largestNs, headStartNs < 0 ? 1 - headStartNs : 0)
  if (!staysWithin(timesNs, ttftDeadlineNs, enoughNs, maxMissFraction)) return Number.POSITIVE_INFINITY
  // Tokens, plus the misses allowed, times the deadline must span the answer; less than that misses more.
  const spannedNs = ((sumNs - slackNs) * (1 - maxMissFraction)) / judged
  let missesNs = Math.max(0, Math.ceil(spannedNs * (1 - 1e-9)) - 1)
  let holdsNs = enoughNs
  while (holdsNs - missesNs > 1) {
    const middleNs = missesNs + Math.floor((holdsNs - missesNs) / 2)
    if (staysWithin(timesNs, ttftDeadlineNs, middleNs, maxMissFraction)) holdsNs = middleNs
    else missesNs = middleNs
  }
  return holdsNs
}

/** The closed form for zero misses after the first token: the largest mean gap from the first token to any other. */
function noneLate(timesNs: Float64Array, slackNs: number): { largestNs: number; sumNs: number } {
  let largestNs = 0
  let sumNs = 0
  for (let j = 1; j < timesNs.length; j++) {
    sumNs += timesNs[j]!
    if (sumNs - slackNs > largestNs * j) largestNs = Math.ceil((sumNs - slackNs) / j)
  }
  return { largestNs, sumNs }
}

/**
 * Whether Algorithm 1 (see {@link countDeadlines}) ends with a miss rate of at most `maxMissFraction`. Stops at the
 * first miss after which not even tokens in time to the end would help: each further miss can only raise that rate.
 */
export function staysWithin(
  timesNs: Float64Array,
  ttftDeadlineNs: number | null,
  tbtDeadlineNs: number,
  maxMissFraction: number,
): boolean {
  let slackNs = 0
  let missed = 0
  const first = ttftDeadlineNs === null ? 1 : 0
  // Deadlines in total when every token yet to come is in time.
  let total = timesNs.length - first
  for (let i = first; i < timesNs.length; i++) {
    const leftNs = (i === 0 ? ttftDeadlineNs! : tbtDeadlineNs) + slackNs - timesNs[i]!
    if (leftNs >= 0) {
      slackNs = leftNs
    } else {
      const passed = Math.floor(-leftNs / tbtDeadlineNs) + 1
      missed += passed
      total += passed - 1
      slackNs = 0
      if (missed / total > maxMissFraction) return false
    }
  }
  return true
}
