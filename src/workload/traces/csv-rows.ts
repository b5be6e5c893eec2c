import { MetronError } from '../../errors/metron-error.ts'

/** One row of a CSV file: its fields and the line (from 1) it starts on. */
export interface CsvRow {
  readonly line: number
  readonly fields: readonly string[]
}

/**
 * Splits CSV text into rows by RFC 4180: fields in double quotes may hold commas, line breaks and doubled quotes; lines
 * end with LF, CRLF or CR. A byte order mark at the start is dropped and blank lines are skipped.
 *
 * @throws MetronError `bad-input-file` for a quote that is never closed, naming file and line
 */
export function* csvRows(text: string, fileName: string): Generator<CsvRow> {
  const token = /"([^"]*(?:""[^"]*)*)"|([^,"\r\n][^,\r\n]*)|(,)|(\r\n|\n|\r)|(")/gy
  token.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  let rowLine = 1
  let field = ''
  let fields: string[] = []
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [whole, quoted, plain, comma, lineEnd, openQuote] = match
    if (openQuote !== undefined) {
      throw new MetronError('bad-input-file', `${fileName}:${line}: a quoted field is never closed`, {
        hint: 'close the quote, or double quotes that belong to the text',
      })
    }
    if (quoted !== undefined) {
      field += quoted.replaceAll('""', '"')
      line += countLineEnds(whole)
    } else if (plain !== undefined) {
      field += plain
    } else {
      fields.push(field)
      field = ''
      if (comma !== undefined) continue
      if (lineEnd !== undefined) line++
      if (!isBlank(fields)) yield { line: rowLine, fields }
      rowLine = line
      fields = []
    }
  }
  fields.push(field)
  if (!isBlank(fields)) yield { line: rowLine, fields }
}

const isBlank = (fields: readonly string[]): boolean => fields.length === 1 && fields[0]!.trim() === ''

const countLineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0
