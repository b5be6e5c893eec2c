import { curveStepAfter, line } from 'd3-shape'
import { formatQuantity } from '../format/format-count.ts'
import { formatFraction } from '../format/format-fraction.ts'
import { formatMetric } from '../format/format-metric.ts'
import { html, type SafeHtml } from '../html/safe-html.ts'
import type { CdfView } from '../view/chart-view.ts'
import { createAxisScale } from './axis-scale.ts'
import { type LegendEntry, renderFigure } from './figure.ts'
import { HALF_PLOT, renderPlot } from './plot.ts'

const CAPTIONS: Readonly<Record<string, string>> = {
  ttft: 'How long people waited for the first token. A long flat top means that an unlucky few waited far longer than the rest.',
  tbt: 'Every gap between tokens of every request. Each step right of the deadline is a pause that somebody could see.',
  tpot: 'The mean gap of each request. It averages stalls away: compare it with the curve of single gaps.',
  e2e: 'From the origin to the last token. It mixes answer length with speed: read it beside the output lengths.',
  'worst-gap':
    'The longest pause of each request, the one people remember. Far right of TPOT means that the mean hides it.',
  'fluidity-index':
    'The share of deadlines each request met. The further the curve hugs the right edge, the smoother the run felt.',
}

/** The cumulative distribution of one metric as a step curve, with p50, p90 and p99 marked. */
export function renderCdfChart(cdf: CdfView): SafeHtml {
  const caption = CAPTIONS[cdf.id] ?? 'The share of samples at or below each value.'
  const common = { id: `cdf-${cdf.id}`, title: `${cdf.label}, cumulative`, caption }
  if (cdf.count === 0) {
    return renderFigure({ ...common, legend: [], notes: [], plot: html`<p class="empty">No samples.</p>` })
  }
  const words = cdf.marks.map((mark) => `${mark.name} ${formatMetric(mark.value, cdf)}`).join(', ')
  return renderFigure({
    ...common,
    legend: legend(cdf),
    plot: renderCurve(cdf, `Cumulative distribution of ${cdf.label} over ${sampleCount(cdf)}: ${words}.`),
    notes: [cdf.sampling, zeroNote(cdf)],
  })
}

function renderCurve(cdf: CdfView, description: string): SafeHtml {
  const area = HALF_PLOT
  const values = cdf.values
  const first = cdf.scale === 'log' ? (values.find((value) => value > 0) ?? 1) : values[0]!
  const last = Math.max(values.at(-1)!, cdf.reference?.value ?? 0)
  const [from, to] = cdf.unit === 'fraction' ? [Math.min(first, 0.5) < 0.5 ? 0 : 0.5, 1] : [first, last]
  const x = createAxisScale({
    kind: cdf.scale,
    from: cdf.scale === 'log' || cdf.unit === 'fraction' ? from : 0,
    to,
    range: [area.left, area.right],
    label: cdf.label,
    unit: cdf.unit,
  })
  const y = createAxisScale({
    kind: 'linear',
    from: 0,
    to: 1,
    range: [area.bottom, area.top],
    label: '',
    unit: 'none',
  })
  const percent = {
    ...y,
    title: `${cdf.sample}s at or below (%)`,
    ticks: y.ticks.map((tick) => ({ ...tick, text: String(Math.round(Number(tick.text) * 100)) })),
  }
  const indices = [-1, ...values.keys(), values.length]
  const path = line<number>(
    (i) => (i < 0 ? x.at(values[0]!) : i < values.length ? x.at(values[i]!) : area.right),
    (i) => (i < 0 ? area.bottom : y.at(cdf.shares[Math.min(i, values.length - 1)]!)),
  ).curve(curveStepAfter)(indices)
  const reference = cdf.reference
  return renderPlot(area, x, percent, description, [
    reference !== null &&
      html`<line class="line dashed muted" x1="${x.at(reference.value)}" x2="${x.at(reference.value)}" y1="${area.top}" y2="${area.bottom}"><title>${reference.label}</title></line>`,
    html`<path class="line c1" d="${path}"/>`,
    cdf.marks.map(
      (mark, i) =>
        html`<circle class="dot ${TONES[i]!}" cx="${x.at(mark.value)}" cy="${y.at(mark.share)}" r="5"><title>${mark.name}: ${formatFraction(mark.share)} of ${sampleCount(cdf)} at or below ${formatMetric(mark.value, cdf)}</title></circle>`,
    ),
  ])
}

const TONES = ['c1', 'c2', 'c3'] as const

function legend(cdf: CdfView): LegendEntry[] {
  const entries: LegendEntry[] = cdf.marks.map((mark, i) => ({
    tone: TONES[i]!,
    mark: 'dot',
    text: `${mark.name} ${formatMetric(mark.value, cdf)}`,
  }))
  if (cdf.reference !== null) entries.push({ tone: 'muted', mark: 'dashed', text: cdf.reference.label })
  return entries
}

function sampleCount(cdf: CdfView): string {
  return formatQuantity(cdf.count, cdf.sample, cdf.sample.replace(/^(\w+)/, '$1s'))
}

function zeroNote(cdf: CdfView): string | null {
  return cdf.scale === 'log' && cdf.values[0]! <= 0
    ? 'Gaps of 0 (tokens that arrived together) stand at the left edge of the log axis.'
    : null
}
