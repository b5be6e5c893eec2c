import { formatQuantity } from '../../format/format-count.ts'
import { formatElapsed } from '../../format/format-duration.ts'
import type { RunView } from '../../view/run-view.ts'
import { html, type SafeHtml } from '../safe-html.ts'

const ANCHORS = [
  ['#verdict', 'Verdict'],
  ['#numbers', 'Key numbers'],
  ['#objectives', 'Objectives'],
  ['#metrics', 'Metrics'],
  ['#charts', 'Charts'],
  ['#timelines', 'Timelines'],
  ['#failures', 'Failures'],
  ['#reproduce', 'Reproduce'],
  ['#counting', 'How it is counted'],
] as const

/** What was measured, and the table of contents. */
export function renderMasthead({ title }: RunView): SafeHtml {
  const what = title.url === null ? 'the embedded engine' : title.url
  const size = [
    formatQuantity(title.measuredRequests, 'request'),
    title.measuredNs !== null && `measured over ${formatElapsed(title.measuredNs)}`,
    `started ${title.startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}`,
  ]
  return html`<header class="masthead">
<p class="brand">Metron · what users felt</p>
<h1>${title.name}</h1>
<p class="subtitle">${title.model} at ${what} · ${title.protocol}</p>
<p class="subtitle">${size.filter((part) => part !== false).join(' · ')}</p>
<nav class="toc" aria-label="Contents"><ul>${ANCHORS.map(
    ([anchor, text]) => html`<li><a href="#${anchor.slice(1)}">${text}</a></li>`,
  )}</ul></nav>
</header>`
}
