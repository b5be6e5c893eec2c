import type * as z from 'zod'
import { MetronError } from '../errors/metron-error.ts'
import { fieldProblem } from '../storage/field-problem.ts'
import { findJsonError } from './find-json-error.ts'
import type { ForeignFile } from './foreign-file.ts'
import { lineOfField } from './line-of-field.ts'

/** One document of a file and the line, from 1, on which it begins. */
export interface ForeignLine<T> {
  readonly line: number
  readonly value: T
}

/**
 * The one JSON document of a file, checked.
 *
 * @throws MetronError `bad-input-file` naming file, line and field
 */
export function parseDocument<T>(file: ForeignFile, schema: z.ZodType<T>): T {
  const lines = linesOf(file)
  if (lines.length > 1 && lines.every(({ text }) => isJson(text)))
    throw new MetronError(
      'bad-input-file',
      `${file.path} line ${lines[1]!.line}: a second result begins here, of ${lines.length} in the file`,
      { hint: 'The tool adds its results to the file. Keep the line of one run in a file of its own.' },
    )
  const line = lines[0]!.line
  const text = file.text.slice(file.text.indexOf(lines[0]!.text))
  return check(file, line, parse(file, text, line), schema, text)
}

/**
 * Every line of a file with one JSON document a line, checked; empty lines are passed over.
 *
 * @throws MetronError `bad-input-file` naming file, line and field
 */
export function parseLines<T>(file: ForeignFile, schema: z.ZodType<T>): ForeignLine<T>[] {
  return linesOf(file).map(({ line, text }) => ({
    line,
    value: check(file, line, parse(file, text, line), schema),
  }))
}

/** The document, or the first line when there is one document a line: enough to recognise whose file it is. */
export function sampleOf(file: ForeignFile): unknown {
  const first = linesOf(file)[0]!
  if (isJson(first.text)) return JSON.parse(first.text)
  return parse(file, file.text.slice(file.text.indexOf(first.text)), first.line)
}

/** An error of a file, at a place of it. */
export function badForeignFile(file: ForeignFile, line: number, problem: string): MetronError {
  return new MetronError('bad-input-file', `${file.path} line ${line}: ${problem}`, {
    hint: 'The file is of another tool or version, was cut off, or was changed after it was written.',
  })
}

function linesOf({ path, text }: ForeignFile): { line: number; text: string }[] {
  const lines = text
    .split('\n')
    .map((each, index) => ({ line: index + 1, text: each }))
    .filter((each) => each.text.trim() !== '')
  if (lines.length > 0) return lines
  throw new MetronError('bad-input-file', `${path} is empty`, {
    hint: 'The tool that wrote it may have been stopped before it wrote its results.',
  })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function parse(file: ForeignFile, text: string, firstLine: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const at = findJsonError(text, error as Error)
    const line = firstLine + text.slice(0, at ?? 0).split('\n').length - 1
    if (at !== null && /^(-?Infinity|NaN)/.test(text.slice(at)))
      throw badForeignFile(file, line, 'it holds NaN or Infinity, which JSON does not have')
    const isFrom = at === null && text.trimEnd().includes('\n')
    throw badForeignFile(file, line, isFrom ? 'what begins here is not valid JSON' : 'it is not valid JSON')
  }
}

/** `text`: of the document, to find the line of a field when it has several. */
function check<T>(file: ForeignFile, line: number, value: unknown, schema: z.ZodType<T>, text = ''): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path ?? []
  const at = text === '' ? line : line + lineOfField(text, path) - 1
  throw badForeignFile(file, at, fieldProblem(result.error))
}
