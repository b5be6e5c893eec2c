import { line } from 'd3-shape'
import { formatSetting } from '../format/format-duration.ts'
import { formatFraction } from '../format/format-fraction.ts'
import { formatSignificant } from '../format/format-significant.ts'
import { html, type SafeHtml } from '../html/safe-html.ts'
import type { DeadlineCurveView } from '../view/chart-view.ts'
import { createAxisScale } from './axis-scale.ts'
import { type LegendEntry, renderFigure } from './figure.ts'
import { HALF_PLOT, renderPlot } from './plot.ts'

const LINES = [
  { key: 'p50', tone: 'c1', name: 'median request' },
  { key: 'p90', tone: 'c2', name: 'p90' },
  { key: 'p99', tone: 'c3', name: 'p99' },
] as const

/** Deadline miss rate against the deadline between tokens, with the fluid token generation rate where the curve crosses. */
export function renderDeadlineCurveChart(curve: DeadlineCurveView): SafeHtml {
  const common = {
    id: 'deadline-curve',
    title: 'Deadline curve',
    caption: `How many deadlines are missed if a token is due every so many milliseconds. Where the p99 curve falls to ${formatFraction(curve.allowedMissRate)} is the slowest pace this service can promise.`,
  }
  if (curve.deadlineNs.length === 0 || curve.p50.every((value) => value === null)) {
    return renderFigure({
      ...common,
      legend: [],
      notes: [],
      plot: html`<p class="empty">No gaps between tokens.</p>`,
    })
  }
  const legend: LegendEntry[] = LINES.map(({ tone, name }) => ({ tone, mark: 'line', text: name }))
  legend.push({
    tone: 'muted',
    mark: 'dashed',
    text: `allowed misses ${formatFraction(curve.allowedMissRate)}`,
  })
  const fluid = curve.fluid
  if (fluid !== null) legend.push({ tone: 'c4', mark: 'dot', text: fluidWords(fluid) })
  return renderFigure({ ...common, legend, plot: renderCurve(curve), notes: [outsideNote(curve)] })
}

function renderCurve(curve: DeadlineCurveView): SafeHtml {
  const area = HALF_PLOT
  const lastNs = curve.deadlineNs.at(-1)!
  const x = createAxisScale({
    kind: 'linear',
    from: 0,
    to: lastNs,
    range: [area.left, area.right],
    label: 'Deadline between tokens',
    unit: 'ns',
  })
  const plain = createAxisScale({
    kind: 'linear',
    from: 0,
    to: 1,
    range: [area.bottom, area.top],
    label: '',
    unit: 'none',
  })
  const y = {
    ...plain,
    title: 'deadlines missed (%)',
    ticks: plain.ticks.map((tick) => ({ ...tick, text: String(Math.round(Number(tick.text) * 100)) })),
  }
  const path = (shares: readonly (number | null)[]) =>
    line<number>(
      (i) => x.at(curve.deadlineNs[i]!),
      (i) => y.at(shares[i]!),
    ).defined((i) => shares[i] !== null && shares[i] !== undefined)([...curve.deadlineNs.keys()])
  const allowed = y.at(curve.allowedMissRate)
  const fluid = curve.fluid
  const crosses = fluid !== null && fluid.deadlineNs <= lastNs
  return renderPlot(area, x, y, describe(curve), [
    html`<line class="line dashed muted" x1="${area.left}" x2="${area.right}" y1="${allowed}" y2="${allowed}"/>`,
    html`<line class="line hair" x1="${x.at(curve.chosenNs)}" x2="${x.at(curve.chosenNs)}" y1="${area.top}" y2="${area.bottom}"><title>chosen deadline ${formatSetting(curve.chosenNs)}</title></line>`,
    LINES.map(
      ({ key, tone, name }) =>
        html`<path class="line ${tone}" d="${path(curve[key])}"><title>${name}</title></path>`,
    ),
    crosses &&
      html`<line class="line thin c4" x1="${x.at(fluid.deadlineNs)}" x2="${x.at(fluid.deadlineNs)}" y1="${allowed}" y2="${area.bottom}"/>
<circle class="dot c4" cx="${x.at(fluid.deadlineNs)}" cy="${allowed}" r="6"><title>${fluidWords(fluid)}</title></circle>`,
  ])
}

function fluidWords(fluid: { tokensPerSec: number; deadlineNs: number }): string {
  return `fluid rate ${formatSignificant(fluid.tokensPerSec)} tok/s = 1/${formatSetting(fluid.deadlineNs)}`
}

function describe(curve: DeadlineCurveView): string {
  const end =
    curve.fluid === null
      ? 'There is no fluid token generation rate.'
      : `${formatFraction(curve.requestFraction)} of requests miss at most ${formatFraction(curve.allowedMissRate)} of deadlines from ${formatSetting(curve.fluid.deadlineNs)} on.`
  return `Miss rate against the deadline between tokens, for the median, p90 and p99 request. ${end}`
}

function outsideNote(curve: DeadlineCurveView): string | null {
  if (curve.fluid === null)
    return 'There is no fluid token generation rate: too few requests could be judged, or too many failed for any deadline.'
  if (curve.fluid.deadlineNs <= curve.deadlineNs.at(-1)!) return null
  return `The crossing lies outside the picture, at ${formatSetting(curve.fluid.deadlineNs)}.`
}
