import { area as areaPath, curveStepAfter, line } from 'd3-shape'
import { formatCount } from '../format/format-count.ts'
import { formatDuration, formatSetting } from '../format/format-duration.ts'
import { html, type SafeHtml } from '../html/safe-html.ts'
import type { InFlightView } from '../view/chart-view.ts'
import { createAxisScale } from './axis-scale.ts'
import { type LegendEntry, renderFigure } from './figure.ts'
import { renderPlot, WIDE_PLOT } from './plot.ts'

/** Requests in flight over the whole run, with warm-up shaded and failures marked. */
export function renderInFlightChart(inFlight: InFlightView): SafeHtml {
  const common = {
    id: 'in-flight',
    title: 'Requests in flight',
    caption:
      'A level that keeps climbing means that requests arrive faster than they are answered: latencies then depend on how long the run was.',
    wide: true,
  }
  if (inFlight.ns.length === 0) {
    return renderFigure({ ...common, legend: [], notes: [], plot: html`<p class="empty">No requests.</p>` })
  }
  const legend: LegendEntry[] = [{ tone: 'c1', mark: 'line', text: 'requests in flight' }]
  if (inFlight.measureFromNs > 0) legend.push({ tone: 'muted', mark: 'bar', text: 'warm-up, not measured' })
  if (inFlight.failedNs.length > 0) legend.push({ tone: 'bad', mark: 'cross', text: 'a request failed' })
  return renderFigure({
    ...common,
    legend,
    plot: renderLevel(inFlight),
    notes: [`Each step shows the most requests in flight within ${formatSetting(inFlight.binNs)}.`],
  })
}

function renderLevel(inFlight: InFlightView): SafeHtml {
  const area = WIDE_PLOT
  const x = createAxisScale({
    kind: 'linear',
    from: 0,
    to: inFlight.endNs,
    range: [area.left, area.right],
    label: 'Time since the start of the run',
    unit: 'ns',
    tickCount: 10,
  })
  const y = createAxisScale({
    kind: 'linear',
    from: 0,
    to: Math.max(inFlight.peak, 1),
    range: [area.bottom, area.top],
    label: 'requests',
    unit: 'none',
  })
  const indices = [...inFlight.ns.keys(), inFlight.ns.length]
  const px = (i: number) => x.at(inFlight.ns[i] ?? inFlight.endNs)
  const py = (i: number) => y.at(inFlight.requests[i] ?? 0)
  const level = line<number>(px, py).curve(curveStepAfter)(indices)
  const filled = areaPath<number>(px, area.bottom, py).curve(curveStepAfter)(indices)
  const warm = x.at(inFlight.measureFromNs)
  const description = `Requests in flight over ${formatDuration(inFlight.endNs)}; at most ${formatCount(inFlight.peak)} at once.`
  return renderPlot(area, x, y, description, [
    inFlight.measureFromNs > 0 &&
      html`<rect class="shade" x="${area.left}" y="${area.top}" width="${warm - area.left}" height="${area.bottom - area.top}"><title>warm-up until ${formatDuration(inFlight.measureFromNs)}</title></rect>`,
    html`<path class="fill c1" d="${filled}"/><path class="line c1" d="${level}"/>`,
    inFlight.failedNs.map(
      (ns) =>
        html`<path class="line bad" d="M${x.at(ns) - 3} ${area.bottom - 9}l6 6m0-6l-6 6"><title>a request failed at ${formatDuration(ns)}</title></path>`,
    ),
  ])
}
