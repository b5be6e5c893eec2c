import { formatSignificant } from '../format/format-significant.ts'
import { html, type SafeHtml } from '../html/safe-html.ts'
import type { Comparison, ReproductionPicture } from '../view/reproduction-view.ts'
import { createAxisScale } from './axis-scale.ts'
import { renderFigure } from './figure.ts'

const WIDTH = 480
const LEFT = 16
const RIGHT = 464
const ROW = 40
const TOP = 8

/** Each number here (a disc) and in the paper (a ring) on one log axis, a row each, joined by a line. */
export function renderPairsChart(
  picture: Extract<ReproductionPicture, { kind: 'pairs' }>,
  id: string,
): SafeHtml {
  const { comparisons } = picture
  const values = comparisons.flatMap(({ here, paper }) => [here, paper]).filter((value) => value !== null)
  const hasPaper = comparisons.some(({ paper }) => paper !== null)
  const bottom = TOP + ROW * comparisons.length
  const x = createAxisScale({
    kind: 'log',
    from: Math.min(...values) / 1.3,
    to: Math.max(...values) * 1.3,
    range: [LEFT, RIGHT],
    label: picture.axis,
    unit: 'none',
  })
  const plot = html`<svg class="plot" viewBox="0 0 ${WIDTH} ${bottom + 48}" role="img" aria-label="${describe(picture)}">
<g class="grid">${x.ticks.map(({ px }) => html`<line x1="${px}" x2="${px}" y1="${TOP}" y2="${bottom}"/>`)}</g>
<g class="ticks" text-anchor="middle">${x.ticks.map(({ px, text }) => html`<text x="${px}" y="${bottom + 20}">${text}</text>`)}</g>
<g class="axis"><line x1="${LEFT}" x2="${RIGHT}" y1="${bottom}" y2="${bottom}"/></g>
<text class="axis-title" x="${(LEFT + RIGHT) / 2}" y="${bottom + 42}" text-anchor="middle">${x.title}, log axis</text>
${comparisons.map((comparison, row) => renderRow(comparison, TOP + ROW * row, x.at))}
</svg>`
  return renderFigure({
    id,
    title: picture.title,
    caption: picture.caption,
    legend: [
      { tone: 'c1', mark: 'dot', text: 'here' },
      ...(hasPaper ? [{ tone: 'c2', mark: 'cross', text: 'paper, read off its figure' } as const] : []),
    ],
    plot,
    notes: [],
  })
}

function renderRow({ name, here, paper }: Comparison, top: number, at: (value: number) => number): SafeHtml {
  const y = top + 28
  return html`<text x="${LEFT}" y="${top + 14}">${name}</text>
${here !== null && paper !== null && html`<line class="line thin muted" x1="${at(here)}" x2="${at(paper)}" y1="${y}" y2="${y}"/>`}
${here !== null && html`<circle class="dot c1" cx="${at(here)}" cy="${y}" r="6"><title>${name}, here: ${formatSignificant(here)}</title></circle>`}
${paper !== null && html`<path class="line c2" d="M${at(paper) - 5} ${y - 5}l10 10m0 -10l-10 10"><title>${name}, paper: ${formatSignificant(paper)}</title></path>`}`
}

function describe({ title, comparisons, axis }: Extract<ReproductionPicture, { kind: 'pairs' }>): string {
  const rows = comparisons.map(
    ({ name, here, paper }) =>
      `${name} ${formatSignificant(here)} here, ${paper === null ? 'not in the paper' : `${formatSignificant(paper)} in the paper`}`,
  )
  return `${title}, ${axis}: ${rows.join('; ')}.`
}
