import { bindUnits } from '../../format/bind-units.ts'
import { describeDeadlines } from '../../view/describe-deadlines.ts'
import type { RunView } from '../../view/run-view.ts'
import { html, type SafeHtml } from '../safe-html.ts'

const ORIGINS = {
  due: 'Latency is counted from the moment the schedule said that the request was due, so that waiting inside the client is part of it.',
  sent: 'Latency is counted from the moment the request’s last byte was given to the socket, so that waiting inside the client is not part of it.',
} as const

/** From where latency is counted and by which deadlines fluidity is judged. */
export function renderCountingSection({ origin, deadlines }: RunView): SafeHtml {
  return html`<section id="counting"><h2>How it is counted</h2><div class="card prose">
<p>${ORIGINS[origin]}</p>
<p>${bindUnits(describeDeadlines(deadlines))} Being early builds slack. A stall is charged for every deadline that passed while it lasted; the fluidity-index is the share of deadlines met.</p>
<p>Each token takes the arrival time of the event that carried it; times are never interpolated. Missing values are shown as –, never as 0.</p>
</div></section>`
}
