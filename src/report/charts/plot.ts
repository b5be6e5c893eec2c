import { type Hole, html, type SafeHtml } from '../html/safe-html.ts'
import type { AxisScale } from './axis-scale.ts'

/** The drawing area inside an SVG, in its own units. */
export interface PlotArea {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Two charts stand side by side on a wide page, and one fills a phone. */
export const HALF_PLOT: PlotArea = { width: 480, height: 300, left: 60, right: 464, top: 16, bottom: 248 }

/** Across the page. */
export const WIDE_PLOT: PlotArea = { width: 984, height: 280, left: 60, right: 968, top: 16, bottom: 228 }

/**
 * An SVG with grid, axes and axis titles around `marks`, which are drawn above the grid.
 *
 * @param description the text alternative: what the picture shows, with its numbers
 */
export function renderPlot(
  area: PlotArea,
  x: AxisScale,
  y: AxisScale,
  description: string,
  marks: readonly Hole[],
): SafeHtml {
  const middle = (area.top + area.bottom) / 2
  return html`<svg class="plot" viewBox="0 0 ${area.width} ${area.height}" role="img" aria-label="${description}">
<g class="grid">${y.ticks.map((tick) => html`<line x1="${area.left}" x2="${area.right}" y1="${tick.px}" y2="${tick.px}"/>`)}</g>
<g class="ticks" text-anchor="end">${y.ticks.map((tick) => html`<text x="${area.left - 8}" y="${tick.px}" dy="0.35em">${tick.text}</text>`)}</g>
<g class="ticks" text-anchor="middle">${x.ticks.map((tick) => html`<text x="${tick.px}" y="${area.bottom + 20}">${tick.text}</text>`)}</g>
<g class="axis">${x.ticks.map((tick) => html`<line x1="${tick.px}" x2="${tick.px}" y1="${area.bottom}" y2="${area.bottom + 4}"/>`)}<line x1="${area.left}" x2="${area.right}" y1="${area.bottom}" y2="${area.bottom}"/></g>
<text class="axis-title" x="${(area.left + area.right) / 2}" y="${area.bottom + 42}" text-anchor="middle">${x.title}</text>
<text class="axis-title" transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">${y.title}</text>
${marks}
</svg>`
}
