import { ZodError } from 'zod'
import { MetronError } from '../errors/metron-error.ts'
import { RECORD_SCHEMA_VERSION, type RequestRecord } from '../records/request-record.ts'
import { fieldProblem } from './field-problem.ts'
import { forEachLine } from './for-each-line.ts'
import { parseJournalLine } from './parse-journal-line.ts'

/** What a journal holds. */
export interface Journal {
  /** In the order of the file: as requests ended. */
  readonly records: RequestRecord[]
  /** Bytes of a half-written last line that were left out; 0 when the journal is whole. */
  readonly tornBytes: number
}

/**
 * Reads `journal.jsonl`, block by block. Chunk columns come as typed arrays. An empty journal has no records.
 * A last line that is no JSON is what a crash leaves behind: it is left out and counted in `tornBytes`.
 *
 * @throws MetronError `bad-run-folder` when the file cannot be read or another line is malformed (names file, line
 * and field); `unsupported` when a newer Metron wrote it
 */
export async function readJournal(path: string): Promise<Journal> {
  const records: RequestRecord[] = []
  const torn = { line: 0, bytes: 0 }

  try {
    await forEachLine(path, (text, lineNumber, bytes) => {
      if (torn.line > 0) throw malformed(path, torn.line, 'it is not valid JSON')
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch {
        torn.line = lineNumber
        torn.bytes = bytes
        return
      }
      records.push(toRecord(value, path, lineNumber))
    })
  } catch (error) {
    if (error instanceof MetronError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new MetronError('bad-run-folder', `cannot read ${path}: ${code ?? message}`, { cause: error })
  }
  return { records, tornBytes: torn.bytes }
}

function toRecord(value: unknown, path: string, lineNumber: number): RequestRecord {
  const version = (value as { v?: unknown } | null)?.v
  if (typeof version === 'number' && version > RECORD_SCHEMA_VERSION) {
    const message = `${path} line ${lineNumber} has version ${version}; this Metron reads up to ${RECORD_SCHEMA_VERSION}`
    throw new MetronError('unsupported', message, {
      hint: 'A newer Metron wrote the run: read it with that one.',
    })
  }
  try {
    return parseJournalLine(value)
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    throw malformed(path, lineNumber, fieldProblem(error))
  }
}

function malformed(path: string, lineNumber: number, problem: string): MetronError {
  return new MetronError('bad-run-folder', `${path} line ${lineNumber}: ${problem}`, {
    hint: 'The journal was changed or damaged after it was written. Remove that line to read the others.',
  })
}
