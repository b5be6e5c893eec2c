import { formatCount } from '../../format/format-count.ts'
import { formatMetric } from '../../format/format-metric.ts'
import type { MetricRow, RunView, ScalarRow } from '../../view/run-view.ts'
import { html, type SafeHtml } from '../safe-html.ts'

/** Every metric with its percentiles and sample counts, and what each of them means. */
export function renderMetricsSection({ metrics, scalars }: RunView): SafeHtml {
  return html`<section id="metrics"><h2>Metrics</h2>
<div class="card table"><div class="scroll" tabindex="0" role="group" aria-label="Metrics per request and per token">
<table><caption><span>Per request, TBT per gap between tokens. Percentiles interpolate linearly (type 7). Worst is the largest value, or the smallest where more is better.</span></caption>
<thead><tr><th scope="col">Metric</th><th scope="col">p50</th><th scope="col">p90</th><th scope="col">p99</th><th scope="col">Mean</th><th scope="col">Worst</th><th scope="col">Samples</th></tr></thead>
<tbody>${metrics.map(renderRow)}</tbody></table></div></div>
<div class="card table narrow"><div class="scroll" tabindex="0" role="group" aria-label="Metrics of the whole run">
<table><caption><span>One value for the whole run.</span></caption>
<thead><tr><th scope="col">Metric</th><th scope="col">Value</th><th scope="col">Samples</th></tr></thead>
<tbody>${scalars.map(renderScalar)}</tbody></table></div></div>
<details><summary>Definitions of all metrics</summary><dl class="definitions">${[...metrics, ...scalars].map(renderDefinition)}</dl></details>
</section>`
}

function renderName(row: MetricRow | ScalarRow): SafeHtml {
  return html`<th scope="row"><a href="#def-${row.id}"><abbr title="${row.definition}">${row.label}</abbr></a></th>`
}

function renderRow(row: MetricRow): SafeHtml {
  const cell = (value: number | null) => html`<td>${formatMetric(value, row)}</td>`
  const worst = row.better === 'higher' ? row.min : row.max
  return html`<tr>${renderName(row)}${[row.p50, row.p90, row.p99, row.mean, worst].map(cell)}<td class="quiet">${formatCount(row.count)}</td></tr>`
}

function renderScalar(row: ScalarRow): SafeHtml {
  return html`<tr>${renderName(row)}<td>${formatMetric(row.value, row)}</td><td class="quiet">${formatCount(row.count)}</td></tr>`
}

function renderDefinition(row: MetricRow | ScalarRow): SafeHtml {
  return html`<div id="def-${row.id}"><dt>${row.label} <code>${row.id}</code></dt><dd>${row.definition}</dd><dd>Source: ${row.source}</dd></div>`
}
