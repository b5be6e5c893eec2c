import { MetronError } from '../../errors/metron-error.ts'
import type { RequestLengths } from '../lengths/length-distribution.ts'
import { limitTotal } from '../lengths/limit-total.ts'
import { csvRows } from './csv-rows.ts'

const PROMPT_COLUMN = 'num_prefill_tokens'
const OUTPUT_COLUMN = 'num_decode_tokens'

/** How recorded lengths are changed while they are read. */
export interface LengthTraceOptions {
  /** Multiplies prompt lengths (default 1); results are rounded, and at least 1. */
  readonly prefillScale?: number
  /** Multiplies output lengths (default 1); results are rounded, and at least 1. */
  readonly decodeScale?: number
  /** Longest prompt and output together, after scaling: longer requests are trimmed in proportion (default: none). */
  readonly maxTotalTokens?: number | null
}

/**
 * Reads prompt and output lengths from CSV text with the columns `num_prefill_tokens` and `num_decode_tokens`, in any
 * order and among any others. Rows keep the order of the file; a plan longer than the file starts over at its top.
 *
 * @param fileName only for messages
 * @throws MetronError `bad-input-file` naming file, line and field: no header, a column missing or twice, no rows, a
 *   row with another number of fields than the header, a length that is not an integer of at least 1
 * @throws MetronError `bad-config` for a scale that is not positive or a total below 2
 */
export function parseLengthTrace(
  csvText: string,
  fileName: string,
  options: LengthTraceOptions = {},
): RequestLengths[] {
  const { prefillScale = 1, decodeScale = 1, maxTotalTokens = null } = options
  requireScale('prefillScale', prefillScale)
  requireScale('decodeScale', decodeScale)
  if (maxTotalTokens !== null && !(Number.isInteger(maxTotalTokens) && maxTotalTokens >= 2)) {
    throw new MetronError(
      'bad-config',
      `maxTotalTokens must be an integer of at least 2, not ${maxTotalTokens}`,
    )
  }
  const rows = csvRows(csvText, fileName)
  const header = rows.next()
  if (header.done) {
    throw badFile(fileName, 1, 'the file is empty')
  }
  const { line: headerLine, fields: names } = header.value
  const columns = names.map((name) => name.trim())
  const columnOf = (name: string): number => {
    const index = columns.indexOf(name)
    if (index < 0) throw badFile(fileName, headerLine, `the header has no column ${name}`)
    if (columns.lastIndexOf(name) !== index) throw badFile(fileName, headerLine, `column ${name} comes twice`)
    return index
  }
  const promptColumn = columnOf(PROMPT_COLUMN)
  const outputColumn = columnOf(OUTPUT_COLUMN)
  const trace: RequestLengths[] = []
  for (const { line, fields } of rows) {
    if (fields.length !== columns.length) {
      throw badFile(fileName, line, `${fields.length} fields where the header has ${columns.length}`)
    }
    const lengthIn = (column: number, scale: number): number => {
      const text = fields[column]!.trim()
      const tokens = Number(text)
      if (!/^\d+$/.test(text) || tokens < 1 || !Number.isSafeInteger(tokens)) {
        const shown = JSON.stringify(text.slice(0, 40))
        throw badFile(fileName, line, `${columns[column]} must be an integer of at least 1, not ${shown}`)
      }
      return Math.max(1, Math.round(tokens * scale))
    }
    const lengths = {
      promptTokens: lengthIn(promptColumn, prefillScale),
      outputTokens: lengthIn(outputColumn, decodeScale),
    }
    trace.push(maxTotalTokens === null ? lengths : limitTotal(lengths, maxTotalTokens))
  }
  if (trace.length === 0) throw badFile(fileName, headerLine, 'the file has a header but no rows')
  return trace
}

function badFile(fileName: string, line: number, problem: string): MetronError {
  return new MetronError('bad-input-file', `${fileName}:${line}: ${problem}`, {
    hint: `a trace is CSV with a header line that names ${PROMPT_COLUMN} and ${OUTPUT_COLUMN}`,
  })
}

function requireScale(name: string, scale: number): void {
  if (scale > 0 && scale < Number.POSITIVE_INFINITY) return
  throw new MetronError('bad-config', `${name} must be a positive number, not ${scale}`)
}
