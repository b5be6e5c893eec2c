/**
 * Hostile text on one terminal line: control characters (escape sequences among them), line breaks and marks that reverse the
 * direction of text become spaces or U+FFFD.
 */
export function printable(text: string): string {
  return text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
