import { toKeyNumbers } from '../../view/key-numbers.ts'
import type { RunView } from '../../view/run-view.ts'
import { html, type SafeHtml } from '../safe-html.ts'

/** The numbers people quote. */
export function renderKeyNumbersSection(view: RunView): SafeHtml {
  return html`<section id="numbers"><h2>Key numbers</h2>
<dl class="tiles">${toKeyNumbers(view).map(
    ({ label, value, aside }) =>
      html`<div class="tile"><dt>${label}</dt><dd>${value}</dd><dd class="aside">${aside}</dd></div>`,
  )}</dl></section>`
}
