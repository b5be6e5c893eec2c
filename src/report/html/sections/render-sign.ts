import type { Tone } from '../../view/tone.ts'
import { html, type SafeHtml } from '../safe-html.ts'

/** A filled circle with a check, a cross, an exclamation mark or a dash. Takes its colour from the text around it. */
export function renderSign(tone: Tone): SafeHtml {
  return html`<svg class="sign tone-${tone}" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/><path d="${PATHS[tone]}"/></svg>`
}

const PATHS: Readonly<Record<Tone, string>> = {
  good: 'M6.5 12.5l3.8 3.8 7.2-8',
  bad: 'M7.5 7.5l9 9m0-9l-9 9',
  warn: 'M12 6v7.5m0 4v.01',
  none: 'M7 12h10',
}
