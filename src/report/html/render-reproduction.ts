import { renderCurvesChart } from '../charts/curves-chart.ts'
import { renderPairsChart } from '../charts/pairs-chart.ts'
import { bindUnits } from '../format/bind-units.ts'
import { formatSignificant } from '../format/format-significant.ts'
import { MISSING } from '../format/missing.ts'
import type { Agreement, Comparison, Experiment, Reproduction } from '../view/reproduction-view.ts'
import type { Tone } from '../view/tone.ts'
import { renderPage } from './render-page.ts'
import { html, type SafeHtml } from './safe-html.ts'
import { renderSign } from './sections/render-sign.ts'

const TONES: Readonly<Record<Agreement, Tone>> = { agree: 'good', partly: 'warn', disagree: 'bad' }
const WORDS: Readonly<Record<Agreement, string>> = {
  agree: 'Agrees',
  partly: 'Agrees in part',
  disagree: 'Disagrees',
}

/** The paper's claims beside what came out here, as one HTML file: no network, no script. */
export function renderReproduction(reproduction: Reproduction): string {
  const { paper, seed, experiments, left } = reproduction
  return renderPage(
    `${paper}, reproduced`,
    { id: 'overview', text: 'Skip to the overview' },
    html`<header class="masthead">
<p class="brand">Metron · the paper, reproduced</p>
<h1>${paper}: ${countWords(experiments)}</h1>
<p class="subtitle">Simulated engines in virtual time, seed ${seed}. The paper's numbers are read off its figures, to about 3 %.</p>
<nav class="toc" aria-label="Contents"><ul><li><a href="#overview">Overview</a></li>${experiments.map(({ id }) => html`<li><a href="#claim-${id}">Claim ${id}</a></li>`)}</ul></nav>
</header>
<main>
<section id="overview"><h2>Overview</h2>
<ul class="card stack">${experiments.map(({ id, claim, agreement }) => html`<li>${renderVerdict(agreement)} <a href="#claim-${id}">(${id}) ${bindUnits(claim)}</a></li>`)}</ul>
${left.length > 0 && html`<p class="note">Stopped before claims ${left.join(', ')}.</p>`}
</section>
${experiments.map(renderExperiment)}
</main>
<footer><p>Nothing here was measured on an accelerator: it is a model of when tokens come. Made by Metron. This file needs no network and runs no script.</p></footer>`,
  )
}

function renderExperiment(experiment: Experiment): SafeHtml {
  const { id, claim, setting, rule, agreement, finding, pictures } = experiment
  return html`<section id="claim-${id}"><h2>(${id}) ${bindUnits(claim)}</h2>
<div class="card stack prose">
<p>${renderVerdict(agreement)}</p>
<p>${bindUnits(finding)}</p>
<p class="note">Rule. ${bindUnits(rule)}</p>
<p class="note">Simulated. ${bindUnits(setting)}</p>
</div>
<div class="charts spaced">${pictures.map((picture, i) =>
    picture.kind === 'curves'
      ? renderCurvesChart(picture, `picture-${id}-${i}`)
      : renderPairsChart(picture, `picture-${id}-${i}`),
  )}${pictures.length === 1 && renderNumbers(experiment, 'beside')}</div>
${pictures.length !== 1 && renderNumbers(experiment, 'spaced')}
</section>`
}

function renderNumbers({ id, comparisons }: Experiment, place: 'beside' | 'spaced'): SafeHtml {
  return html`<div class="card table ${place}"><div class="scroll" tabindex="0" role="group" aria-label="Numbers of claim ${id}"><table>
<thead><tr><th scope="col">Number</th><th scope="col">Unit</th><th scope="col">Here</th><th scope="col">Paper</th><th scope="col"><abbr title="Here over paper">Ratio</abbr></th></tr></thead>
<tbody>${comparisons.map(renderRow)}</tbody>
</table></div></div>`
}

function renderRow({ name, unit, here, paper }: Comparison): SafeHtml {
  const ratio = here === null || paper === null ? MISSING : (here / paper).toFixed(2)
  return html`<tr><th scope="row">${name}</th><td class="quiet">${unit}</td><td>${formatSignificant(here)}</td><td>${formatSignificant(paper)}</td><td class="quiet">${ratio}</td></tr>`
}

function renderVerdict(agreement: Agreement): SafeHtml {
  return html`<span class="pill tone-${TONES[agreement]}">${renderSign(TONES[agreement])} ${WORDS[agreement]}</span>`
}

function countWords(experiments: readonly Experiment[]): string {
  const agreed = experiments.filter(({ agreement }) => agreement === 'agree').length
  return `${agreed} of ${experiments.length} claims agree`
}
