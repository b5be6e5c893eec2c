import type { RunView } from '../view/run-view.ts'
import { renderPage } from './render-page.ts'
import { html } from './safe-html.ts'
import { renderChartsSection } from './sections/charts-section.ts'
import { renderCountingSection } from './sections/counting-section.ts'
import { renderFailuresSection } from './sections/failures-section.ts'
import { renderKeyNumbersSection } from './sections/key-numbers-section.ts'
import { renderMasthead } from './sections/masthead.ts'
import { renderMetricsSection } from './sections/metrics-section.ts'
import { renderObjectivesSection } from './sections/objectives-section.ts'
import { renderReproduceSection } from './sections/reproduce-section.ts'
import { renderTimelinesSection } from './sections/timelines-section.ts'
import { renderVerdictSection } from './sections/verdict-section.ts'

/** The report of a run as one HTML file. Every string of the view is shown as text, whatever it holds. */
export function renderReport(view: RunView): string {
  return renderPage(
    `${view.title.name}: ${view.felt.headline}`,
    { id: 'verdict', text: 'Skip to the verdict' },
    html`${renderMasthead(view)}
<main>
${renderVerdictSection(view)}
${renderKeyNumbersSection(view)}
${renderObjectivesSection(view)}
${renderMetricsSection(view)}
${renderChartsSection(view)}
${renderFailuresSection(view)}
${renderTimelinesSection(view)}
${renderReproduceSection(view)}
${renderCountingSection(view)}
</main>
<footer><p>Made by Metron. This file needs no network and runs no script.</p></footer>`,
  )
}
