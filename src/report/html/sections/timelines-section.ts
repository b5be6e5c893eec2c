import { renderTimelineChart } from '../../charts/timeline-chart.ts'
import type { RunView } from '../../view/run-view.ts'
import { html, type SafeHtml } from '../safe-html.ts'

/** Single requests, token by token. */
export function renderTimelinesSection({ timelines, origin }: RunView): SafeHtml {
  return html`<section id="timelines"><h2>Timelines of single requests</h2>
<p class="lead">${
    timelines.length === 0
      ? 'No measured request received a token.'
      : 'The solid line is what arrived, the dashed line what was due. A stall is charged for every deadline that passed while it lasted; afterwards the deadlines start anew.'
  }</p>
<div class="charts">${timelines.map((timeline) => renderTimelineChart(timeline, origin))}</div></section>`
}
