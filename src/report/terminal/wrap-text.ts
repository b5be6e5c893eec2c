// Not between a number and its unit.
const BREAKS = /(?<!\d) | (?!(?:%|ns|µs|ms|s|tok\/s|req\/s)(?:\W|$))/

/**
 * Breaks plain text at spaces into lines of at most `width` characters (at least 20); a longer word is cut.
 * Empty text gives no line.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const limit = Math.max(20, width)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(BREAKS)) {
    let rest = word
    if (line !== '' && line.length + 1 + rest.length > limit) {
      lines.push(line)
      line = ''
    }
    while (rest.length > limit) {
      lines.push(rest.slice(0, limit))
      rest = rest.slice(limit)
    }
    line = line === '' ? rest : `${line} ${rest}`
  }
  if (line !== '') lines.push(line)
  return lines
}
