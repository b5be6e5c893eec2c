import type { DeadlineStretch, Stall } from './timeline-view.ts'

export interface WalkOptions {
  readonly ttftDeadlineNs: number
  readonly tbtDeadlineNs: number
  readonly ignoreFirst: boolean
}

/**
 * Algorithm 1 on the time axis: when each token was due, and where the reader waited.
 *
 * Token i is due at the deadline of the token before plus the deadline between tokens; after a miss, at the arrival of the
 * late token plus that deadline, because the slack is gone. With `ignoreFirst` the count starts at the arrival of the first token.
 *
 * @param timesNs arrival of every token in ns from the origin, never decreasing
 * @returns stretches and stalls in order; the `missed` of all stalls sum to the `missed` of the fluidity-index
 */
export function walkDeadlines(
  timesNs: ArrayLike<number>,
  options: WalkOptions,
): { readonly stretches: readonly DeadlineStretch[]; readonly stalls: readonly Stall[] } {
  const stretches: DeadlineStretch[] = []
  const stalls: Stall[] = []
  const first = options.ignoreFirst ? 1 : 0
  if (timesNs.length <= first) return { stretches, stalls }
  let dueNs = options.ignoreFirst ? timesNs[0]! + options.tbtDeadlineNs : options.ttftDeadlineNs
  let start = { fromNs: dueNs, fromToken: first + 1 }
  for (let i = first; i < timesNs.length; i++) {
    const arrivedNs = timesNs[i]!
    const isLast = i === timesNs.length - 1
    const late = arrivedNs > dueNs
    if (late || isLast) stretches.push({ ...start, toNs: dueNs, toToken: i + 1 })
    if (late) {
      const missed = Math.floor((arrivedNs - dueNs) / options.tbtDeadlineNs) + 1
      stalls.push({ fromNs: dueNs, toNs: arrivedNs, token: i + 1, missed })
      dueNs = arrivedNs
    }
    dueNs += options.tbtDeadlineNs
    if (late) start = { fromNs: dueNs, fromToken: i + 2 }
  }
  return { stretches, stalls }
}
