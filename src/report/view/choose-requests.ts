import type { MeasuredRequest } from '../../metrics/measured-request.ts'

/** A request worth looking at, and why. */
export interface ChosenRequest {
  readonly choice: string
  readonly request: MeasuredRequest
}

/**
 * The least fluid, the one with the worst gap, the median and the most fluid of the requests that have a fluidity-index. One that
 * is chosen for two reasons comes once, and leaves room for the slowest first token. Ties go to the longer answer. At most four.
 */
export function chooseRequests(requests: readonly MeasuredRequest[]): readonly ChosenRequest[] {
  const judged = requests
    .filter(({ fluidity }) => fluidity.index !== null)
    .toSorted((a, b) => a.fluidity.index! - b.fluidity.index! || a.outputTokens - b.outputTokens)
  if (judged.length === 0) return []
  const lowest = judged[0]!.fluidity.index!
  const least = judged.findLast(({ fluidity }) => fluidity.index === lowest)!
  const worstGap = judged.reduce((worst, each) =>
    (each.worstGapNs ?? 0) > (worst.worstGapNs ?? 0) ? each : worst,
  )
  const slowest = judged.reduce((worst, each) => ((each.ttftNs ?? 0) > (worst.ttftNs ?? 0) ? each : worst))
  const candidates = [
    { choice: 'Least fluid', request: least },
    { choice: 'Worst gap', request: worstGap },
    { choice: 'Median', request: judged[Math.floor(judged.length / 2)]! },
    { choice: 'Most fluid', request: judged.at(-1)! },
    { choice: 'Slowest first token', request: slowest },
  ]
  const chosen = new Map<number, ChosenRequest>()
  for (const { choice, request } of candidates) {
    const before = chosen.get(request.id)
    chosen.set(request.id, {
      choice: before === undefined ? choice : `${before.choice}, ${choice.toLowerCase()}`,
      request,
    })
  }
  return [...chosen.values()].slice(0, 4)
}
