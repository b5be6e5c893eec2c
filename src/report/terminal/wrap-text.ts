import { bindUnits } from '../format/bind-units.ts'

/**
 * Breaks plain text at spaces, but not between a number and its unit, into lines of at most `width` characters (at least 20); a longer word is cut.
 * Empty text gives no line.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const limit = Math.max(20, width)
  const lines: string[] = []
  let line = ''
  for (const word of bindUnits(text).split(' ')) {
    let rest = word.replaceAll('\u00a0', ' ')
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
