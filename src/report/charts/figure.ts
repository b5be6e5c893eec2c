import { bindUnits } from '../format/bind-units.ts'
import { html, type SafeHtml } from '../html/safe-html.ts'

/** One entry of a legend. `tone` is a class of the style sheet: `c1` to `c4`, `bad`, `muted`. */
export interface LegendEntry {
  readonly tone: string
  readonly mark: 'line' | 'dashed' | 'dot' | 'cross' | 'bar'
  readonly text: string
}

export interface Figure {
  /** Anchor, unique on the page. */
  readonly id: string
  readonly title: string
  /** One sentence that says what to look for. */
  readonly caption: string
  readonly legend: readonly LegendEntry[]
  readonly plot: SafeHtml
  /** How points were chosen, what was left out; one sentence each. */
  readonly notes: readonly (string | null)[]
  readonly wide?: boolean
}

/** A chart with its title, caption and legend. */
export function renderFigure(figure: Figure): SafeHtml {
  return html`<figure class="${figure.wide ? 'card chart wide' : 'card chart'}" aria-labelledby="${figure.id}">
<h3 id="${figure.id}">${figure.title}</h3>
<figcaption>${bindUnits(figure.caption)}</figcaption>
<ul class="legend">${figure.legend.map(renderEntry)}</ul>
${figure.wide ? html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${figure.id}">${figure.plot}</div>` : figure.plot}
<div class="notes">${figure.notes.map((note) => note !== null && html`<p class="note">${note}</p>`)}</div>
</figure>`
}

function renderEntry(entry: LegendEntry): SafeHtml {
  return html`<li>${renderKey(entry)}${entry.text}</li>`
}

function renderKey(entry: LegendEntry): SafeHtml {
  return entry.mark === 'dot' || entry.mark === 'cross'
    ? html`<svg class="key small" viewBox="6 0 12 12" aria-hidden="true">${renderMark(entry)}</svg>`
    : html`<svg class="key" viewBox="0 0 24 12" aria-hidden="true">${renderMark(entry)}</svg>`
}

function renderMark({ mark, tone }: LegendEntry): SafeHtml {
  switch (mark) {
    case 'line':
      return html`<line class="line ${tone}" x1="1" x2="23" y1="6" y2="6"/>`
    case 'dashed':
      return html`<line class="line dashed ${tone}" x1="1" x2="23" y1="6" y2="6"/>`
    case 'dot':
      return html`<circle class="dot ${tone}" cx="12" cy="6" r="4"/>`
    case 'cross':
      return html`<path class="line ${tone}" d="M8 2l8 8m0-8l-8 8"/>`
    case 'bar':
      return html`<line class="stall ${tone}" x1="2" x2="22" y1="6" y2="6"/>`
  }
}
