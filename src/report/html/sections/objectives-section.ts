import type { Verdict } from '../../../slo/objective.ts'
import { bindUnits } from '../../format/bind-units.ts'
import { formatCount } from '../../format/format-count.ts'
import { formatFraction } from '../../format/format-fraction.ts'
import { MISSING } from '../../format/missing.ts'
import type { RunView } from '../../view/run-view.ts'
import { OBJECTIVE_STATUS } from '../../view/tone.ts'
import { html, type SafeHtml } from '../safe-html.ts'

/** Each objective with its verdict. */
export function renderObjectivesSection({ objectives }: RunView): SafeHtml {
  if (objectives.length === 0) {
    return html`<section id="objectives"><h2>Objectives</h2><p class="lead">None were set. Give them as <code>--slo 'ttft&lt;=300ms@p90'</code>.</p></section>`
  }
  return html`<section id="objectives"><h2>Objectives</h2>
<div class="card table"><div class="scroll" tabindex="0" role="group" aria-label="Objectives">
<table><caption><span>Too few samples for the asked percentile is no verdict, never a pass.</span></caption>
<thead><tr><th scope="col">Objective</th><th scope="col" class="text">Verdict</th><th scope="col" class="text">In words</th><th scope="col">Met the bound</th><th scope="col"><abbr title="Where the true share lies with 95 % confidence if samples are independent (Clopper and Pearson)">95 % interval</abbr></th><th scope="col">Samples</th><th scope="col">Needed</th></tr></thead>
<tbody>${objectives.map(renderRow)}</tbody></table></div></div></section>`
}

function renderRow(verdict: Verdict): SafeHtml {
  const { tone, text } = OBJECTIVE_STATUS[verdict.status]
  return html`<tr><th scope="row"><code>${verdict.objective.text}</code></th><td class="text"><span class="pill tone-${tone}">${text}</span></td><td class="text">${bindUnits(verdict.explanation)}</td><td>${formatFraction(verdict.attained)}</td><td>${describeInterval(verdict.attainedInterval)}</td><td>${formatCount(verdict.count)}</td><td>${formatCount(verdict.needed)}</td></tr>`
}

function describeInterval(interval: Verdict['attainedInterval']): string {
  return interval === null ? MISSING : `${formatFraction(interval.low)} to ${formatFraction(interval.high)}`
}
