import { formatCount } from '../../format/format-count.ts'
import { formatFraction } from '../../format/format-fraction.ts'
import type { RunView } from '../../view/run-view.ts'
import { html, type SafeHtml } from '../safe-html.ts'

/** Failed requests by reason, with the first detail of each. */
export function renderFailuresSection({ failures, title, failedRequests }: RunView): SafeHtml {
  const rule =
    failedRequests === 'miss'
      ? 'Failed requests count as misses of every objective.'
      : 'Failed requests were left out of every metric, as asked.'
  if (failures.length === 0) {
    const none = title.measuredRequests === 0 ? 'No request was measured.' : 'No measured request failed.'
    return html`<section id="failures"><h2>Failures by reason</h2><p class="lead">${none}</p></section>`
  }
  return html`<section id="failures"><h2>Failures by reason</h2>
<div class="card table"><div class="scroll" tabindex="0" role="group" aria-label="Failures by reason">
<table><caption><span>${rule}</span></caption>
<thead><tr><th scope="col">Reason</th><th scope="col">Requests</th><th scope="col">Share</th><th scope="col" class="text">Meaning</th><th scope="col" class="text">First detail, as received</th></tr></thead>
<tbody>${failures.map(
    (row) =>
      html`<tr><th scope="row">${row.reason}</th><td>${formatCount(row.count)}</td><td>${formatFraction(row.fraction)}</td><td class="text">${row.meaning}</td><td class="text"><span class="server">${row.example}</span></td></tr>`,
  )}</tbody></table></div></div></section>`
}
