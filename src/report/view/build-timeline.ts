import type { MetricOptions } from '../../metrics/run-summary.ts'
import type { ChosenRequest } from './choose-requests.ts'
import type { DeadlineStretch, Stall, TimelineView } from './timeline-view.ts'
import { walkDeadlines } from './walk-deadlines.ts'

const MOST_STEPS = 1000
const MOST_STALLS = 200

/** The timeline of one chosen request. Long answers are thinned: every gap of a stall stays. */
export function buildTimeline({ choice, request }: ChosenRequest, options: MetricOptions): TimelineView {
  const timesNs = arrivals(request.interTokenTimesNs)
  const { stretches, stalls } = walkDeadlines(timesNs, {
    ttftDeadlineNs: Math.round(options.ttftDeadlineNs(request.promptTokens)),
    tbtDeadlineNs: options.tbtDeadlineNs,
    ignoreFirst: options.ignoreFirst,
  })
  const drawn = longest(stalls, ({ fromNs, toNs }) => toNs - fromNs)
  const steps = thinSteps(timesNs, drawn)
  const isThinned = steps.isThinned || drawn.length < stalls.length
  return {
    choice,
    requestId: request.id,
    promptTokens: request.promptTokens,
    outputTokens: request.outputTokens,
    fluidityIndex: request.fluidity.index,
    missed: request.fluidity.missed,
    stallCount: stalls.length,
    ttftNs: request.ttftNs ?? timesNs[0] ?? 0,
    worstGapNs: request.worstGapNs,
    steps: { ns: steps.ns, tokens: steps.tokens },
    deadlines: longest(stretches, (stretch: DeadlineStretch) => stretch.toToken - stretch.fromToken),
    stalls: drawn,
    sampling: isThinned
      ? `Drawn are the ${MOST_STALLS} longest stalls and an even choice of the arrivals.`
      : null,
  }
}

function arrivals(interTokenTimesNs: Float64Array): Float64Array {
  let sum = 0
  return interTokenTimesNs.map((gap) => {
    sum += gap
    return sum
  })
}

/** The longest, in their own order. */
function longest<T>(all: readonly T[], length: (each: T) => number): readonly T[] {
  if (all.length <= MOST_STALLS) return all
  const kept = new Set(all.toSorted((a, b) => length(b) - length(a)).slice(0, MOST_STALLS))
  return all.filter((each) => kept.has(each))
}

function thinSteps(timesNs: Float64Array, stalls: readonly Stall[]) {
  const needed = new Set(stalls.flatMap(({ token }) => [token - 2, token - 1]))
  const every = Math.ceil(timesNs.length / MOST_STEPS)
  const ns: number[] = []
  const tokens: number[] = []
  let dropped = 0
  for (let i = 0; i < timesNs.length; i++) {
    // Tokens that arrived together are one step.
    if (timesNs[i + 1] === timesNs[i]) continue
    if (i % every === 0 || needed.has(i) || i === timesNs.length - 1) {
      ns.push(timesNs[i]!)
      tokens.push(i + 1)
    } else dropped += 1
  }
  return { ns, tokens, isThinned: dropped > 0 }
}
