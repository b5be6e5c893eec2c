import type { RunView } from '../../view/run-view.ts'
import { html, type SafeHtml } from '../safe-html.ts'

/** The command, the config, the versions and the machine. */
export function renderReproduceSection({ reproduce }: RunView): SafeHtml {
  return html`<section id="reproduce"><h2>Reproduce</h2>
<div class="card stack">
<div><h3>Command</h3><pre class="command" tabindex="0"><code>${reproduce.command}</code></pre></div>
<dl class="facts">${reproduce.facts.map(({ label, value }) => html`<div class="fact"><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
<details><summary>Resolved config</summary><pre tabindex="0"><code>${reproduce.config}</code></pre></details>
</div></section>`
}
