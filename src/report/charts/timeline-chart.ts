import { curveStepAfter, line } from 'd3-shape'
import type { LatencyOrigin } from '../../metrics/run-summary.ts'
import { formatCount, formatQuantity } from '../format/format-count.ts'
import { formatDuration } from '../format/format-duration.ts'
import { formatIndex } from '../format/format-fraction.ts'
import { html, type SafeHtml } from '../html/safe-html.ts'
import type { TimelineView } from '../view/timeline-view.ts'
import { createAxisScale } from './axis-scale.ts'
import { type LegendEntry, renderFigure } from './figure.ts'
import { HALF_PLOT, renderPlot } from './plot.ts'

const LEGEND: readonly LegendEntry[] = [
  { tone: 'c1', mark: 'line', text: 'tokens arrived' },
  { tone: 'muted', mark: 'dashed', text: 'tokens due' },
]
const STALL: LegendEntry = { tone: 'bad', mark: 'bar', text: 'stall' }

/** Cumulative tokens of one request against time, with the deadlines of Algorithm 1 and the stalls. */
export function renderTimelineChart(timeline: TimelineView, origin: LatencyOrigin): SafeHtml {
  return renderFigure({
    id: `timeline-${timeline.choice.toLowerCase().replace(/[^a-z]+/g, '-')}`,
    title: `${timeline.choice}: request ${timeline.requestId}`,
    caption: describe(timeline),
    legend: timeline.stalls.length > 0 ? [...LEGEND, STALL] : LEGEND,
    plot: renderSteps(timeline, origin),
    notes: [timeline.sampling],
  })
}

function renderSteps(timeline: TimelineView, origin: LatencyOrigin): SafeHtml {
  const area = HALF_PLOT
  const { ns, tokens } = timeline.steps
  const lastDue = timeline.deadlines.reduce((most, stretch) => Math.max(most, stretch.toNs), 0)
  const endNs = ns.at(-1) ?? 1
  // Deadlines far behind the answer would squeeze it into a corner.
  const toNs = Math.max(endNs, Math.min(lastDue, endNs * 1.6))
  const x = createAxisScale({
    kind: 'linear',
    from: 0,
    to: toNs,
    range: [area.left, area.right],
    label: origin === 'due' ? 'Time since it was due' : 'Time since it was sent',
    unit: 'ns',
  })
  const y = createAxisScale({
    kind: 'linear',
    from: 0,
    to: Math.max(timeline.outputTokens, 1),
    range: [area.bottom, area.top],
    label: 'tokens',
    unit: 'none',
  })
  const arrived = line<number>(
    (i) => x.at(i < 0 ? 0 : ns[i]!),
    (i) => y.at(i < 0 ? 0 : tokens[i]!),
  ).curve(curveStepAfter)([-1, ...ns.keys()])
  return renderPlot(area, x, y, describe(timeline), [
    timeline.deadlines.map(({ fromNs, fromToken, toNs: untilNs, toToken }) => {
      const shown = Math.min(untilNs, toNs)
      const share = untilNs > fromNs ? (shown - fromNs) / (untilNs - fromNs) : 1
      const token = fromToken + (toToken - fromToken) * share
      return (
        shown >= fromNs &&
        html`<path class="line dashed muted" d="M${x.at(fromNs)} ${y.at(fromToken)}L${x.at(shown)} ${y.at(token)}"/>`
      )
    }),
    html`<path class="line c1" d="${arrived}"/>`,
    timeline.stalls.map(
      (stall) =>
        html`<line class="stall bad" x1="${x.at(stall.fromNs)}" x2="${x.at(stall.toNs)}" y1="${y.at(stall.token - 1)}" y2="${y.at(stall.token - 1)}"><title>token ${stall.token} came ${formatDuration(stall.toNs - stall.fromNs)} after its deadline: ${formatQuantity(stall.missed, 'deadline')} missed</title></line>`,
    ),
  ])
}

function describe(timeline: TimelineView): string {
  const gap = timeline.worstGapNs === null ? '' : `, worst gap ${formatDuration(timeline.worstGapNs)}`
  const stalls = timeline.stallCount === 0 ? 'no stall' : formatQuantity(timeline.stallCount, 'stall')
  return `Fluidity-index ${formatIndex(timeline.fluidityIndex)}: ${stalls}, ${formatQuantity(timeline.missed, 'missed deadline')} for ${formatCount(timeline.outputTokens)} tokens; TTFT ${formatDuration(timeline.ttftNs)}${gap}.`
}
