/** Any text as plain words of Markdown: nothing in it is a link, an image, a tag, a cell or a new line. */
export function markdownText(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replaceAll(/[\\`*_{}[\]()#+!|~@:]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
