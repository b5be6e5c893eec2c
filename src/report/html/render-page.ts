import { html, type SafeHtml, toMarkup } from './safe-html.ts'
import { STYLE } from './style.ts'

/**
 * A page as one HTML file: no network, no script, readable from `file://`, in print and on a phone. A content security
 * policy forbids what the escaping already prevents.
 *
 * @param skip where the skip link leads: an id, and its words
 */
export function renderPage(
  title: string,
  skip: { readonly id: string; readonly text: string },
  body: SafeHtml,
): string {
  return toMarkup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} · Metron</title>
<link rel="icon" href="data:,">
${STYLE}
</head>
<body>
<a class="skip" href="#${skip.id}">${skip.text}</a>
${body}
</body>
</html>
`)
}
