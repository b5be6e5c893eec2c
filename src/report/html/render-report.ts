import type { RunView } from '../view/run-view.ts'
import { html, toMarkup } from './safe-html.ts'
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
import { STYLE } from './style.ts'

/**
 * The report of a run as one HTML file: no network, no script, readable from `file://`, in print and on a phone.
 *
 * Every string of the view is shown as text, whatever it holds. A content security policy forbids what the escaping
 * already prevents.
 */
export function renderReport(view: RunView): string {
  return toMarkup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${view.title.name}: ${view.felt.headline} · Metron</title>
<link rel="icon" href="data:,">
${STYLE}
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
${renderMasthead(view)}
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
<footer><p>Made by Metron. This file needs no network and runs no script.</p></footer>
</body>
</html>
`)
}
