const MAX_CHARS = 300

/**
 * Text of a server or of an error as one line for a record or a message: control characters and line breaks become
 * single spaces, the ends are trimmed, and what is longer than `maxChars` UTF-16 units is cut and ends in `…`.
 * The result is still hostile wherever it is shown as HTML.
 */
export function oneLine(text: string, maxChars = MAX_CHARS): string {
  // Far more than can survive is dropped first, so that a huge body is never copied by the replacement.
  const flat = text
    .slice(0, maxChars * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ')
    .trim()
    .toWellFormed()
  if (flat.length <= maxChars) return flat
  return `${flat.slice(0, maxChars - 1).trimEnd()}…`.toWellFormed()
}
