import type { MeasuredRequest } from '../../metrics/measured-request.ts'
import type { MetricOptions } from '../../metrics/run-summary.ts'
import { formatCount } from '../format/format-count.ts'
import type { PromptScatterView } from './chart-view.ts'

const MOST_POINTS = 1000
/** Of the points, those that are the slowest: they are what the picture is for. */
const SLOWEST = 250
const DEADLINE_POINTS = 33

/** One point a request that has a TTFT; of more than 1000, the 250 slowest and an even choice of the others. */
export function buildPromptScatter(
  requests: readonly MeasuredRequest[],
  options: MetricOptions,
): PromptScatterView {
  const all = requests.filter((request) => request.ttftNs !== null)
  const points = thin(all)
  const longest = all.reduce((most, { promptTokens }) => Math.max(most, promptTokens), 1)
  const promptTokens = Array.from({ length: DEADLINE_POINTS }, (_, i) =>
    Math.max(1, Math.round((longest * i) / (DEADLINE_POINTS - 1))),
  )
  return {
    id: points.map(({ id }) => id),
    promptTokens: points.map((point) => point.promptTokens),
    ttftNs: points.map(({ ttftNs }) => ttftNs!),
    count: all.length,
    sampling:
      all.length <= MOST_POINTS
        ? null
        : `Drawn are ${formatCount(points.length)} of ${formatCount(all.length)} requests: the ${SLOWEST} slowest and an even choice of the others.`,
    deadline: { promptTokens, ns: promptTokens.map((tokens) => options.ttftDeadlineNs(tokens)) },
  }
}

function thin(all: readonly MeasuredRequest[]): readonly MeasuredRequest[] {
  if (all.length <= MOST_POINTS) return all
  const bySpeed = all.toSorted((a, b) => b.ttftNs! - a.ttftNs!)
  const slowest = new Set(bySpeed.slice(0, SLOWEST))
  const others = all.filter((request) => !slowest.has(request))
  const wanted = MOST_POINTS - SLOWEST
  const even = Array.from({ length: wanted }, (_, i) => others[Math.floor((i * others.length) / wanted)]!)
  return [...slowest, ...even]
}
