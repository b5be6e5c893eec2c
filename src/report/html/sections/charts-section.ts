import { renderCdfChart } from '../../charts/cdf-chart.ts'
import { renderDeadlineCurveChart } from '../../charts/deadline-curve-chart.ts'
import { renderInFlightChart } from '../../charts/in-flight-chart.ts'
import { renderPromptScatterChart } from '../../charts/prompt-scatter-chart.ts'
import type { RunView } from '../../view/run-view.ts'
import { html, type SafeHtml } from '../safe-html.ts'

/** Fluidity first, then the conventional curves, then the load. */
export function renderChartsSection(view: RunView): SafeHtml {
  const cdf = (id: string) => view.cdfs.filter((each) => each.id === id).map(renderCdfChart)
  return html`<section id="charts"><h2>Charts</h2><div class="charts">
${cdf('fluidity-index')}
${renderDeadlineCurveChart(view.deadlineCurve)}
${cdf('ttft')}
${renderPromptScatterChart(view.promptScatter)}
${['tbt', 'worst-gap', 'tpot', 'e2e'].map(cdf)}
${renderInFlightChart(view.inFlight)}
</div></section>`
}
