import { bindUnits } from '../../format/bind-units.ts'
import { formatQuantity } from '../../format/format-count.ts'
import { formatFraction, formatIndex } from '../../format/format-fraction.ts'
import { describeDeadlines } from '../../view/describe-deadlines.ts'
import type { FeltVerdict, HealthView, RunView } from '../../view/run-view.ts'
import { FELT_TONES, HEALTH_TONES, type Tone } from '../../view/tone.ts'
import { html, type SafeHtml } from '../safe-html.ts'
import { renderSign } from './render-sign.ts'

/** The first thing read: whether the run felt smooth, whether the instrument may be believed, and what weakens the numbers. */
export function renderVerdictSection(view: RunView): SafeHtml {
  const { felt, health, warnings } = view
  const deadlines = describeDeadlines(view.deadlines)
  const tone = FELT_TONES[felt.kind]
  return html`<section id="verdict" aria-label="Verdict and instrument health">
<div class="top">
<div class="card verdict">
<h2>${renderSign(tone)}<span>${felt.headline}</span></h2>
<p>${bindUnits(felt.explanation)}</p>
<p class="due">${bindUnits(deadlines)}</p>
${felt.fluidFraction !== null && renderMeter(felt, felt.fluidFraction, tone)}
</div>
${renderHealth(health)}
${
  warnings.length > 0 &&
  html`<div class="card warnings"><h2>What weakens these numbers</h2><ul>${warnings.map((warning) => html`<li>${bindUnits(warning.text)}</li>`)}</ul></div>`
}
</div>
</section>`
}

function renderMeter(felt: FeltVerdict, fraction: number, tone: Tone): SafeHtml {
  const wanted = felt.requestFraction * 100
  const label = `${formatFraction(fraction)} of ${formatQuantity(felt.requests, 'request')} fluid (fluidity-index of at least ${formatIndex(felt.minFluidity)})`
  return html`<div class="meter tone-${tone}">
<svg viewBox="0 0 100 28" preserveAspectRatio="none" role="img" aria-label="${label}; wanted ${formatFraction(felt.requestFraction)}">
<rect class="track" x="0" y="8" width="100" height="12"/><rect class="value" x="0" y="8" width="${fraction * 100}" height="12"/>
<line class="mark" x1="${wanted}" x2="${wanted}" y1="2" y2="26"/></svg>
<p>${formatFraction(fraction)} fluid, ${formatFraction(felt.requestFraction)} wanted</p>
</div>`
}

function renderHealth(health: HealthView): SafeHtml {
  const tone = HEALTH_TONES[health.verdict]
  return html`<div class="card health">
<h2>${renderSign(tone)}${health.headline}</h2>
${health.reasons.length > 0 && html`<ul>${health.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
<dl class="facts">${health.facts.map(
    (fact) =>
      html`<div class="fact"><dt><abbr title="${fact.meaning}">${fact.label}</abbr></dt><dd>${fact.value}</dd></div>`,
  )}</dl>
</div>`
}
