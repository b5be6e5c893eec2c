import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { MetronError } from '../errors/metron-error.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { formatJournalLine } from './journal-line.ts'
import { writeFailure } from './write-failure.ts'

/** Appends finished requests to `journal.jsonl`. */
export interface JournalWriter {
  /**
   * Hands the lines of all `records` to the operating system in one synchronous write, so that killing the process
   * afterwards loses none of them (a power cut may). Nothing is written for an empty list.
   *
   * @throws MetronError `cannot-write`; a half-written line is cut off again where the file allows it, and every
   * later call fails too.
   */
  append(records: readonly RequestRecord[]): void
  /** Closing twice does no harm. */
  close(): void
}

/**
 * Opens a new journal.
 *
 * @throws MetronError `cannot-write` when the file cannot be made or already holds something: a journal belongs to
 * one run.
 */
export function openJournal(path: string): JournalWriter {
  let file: number | null = open(path)
  let sizeBytes = 0
  let failure: MetronError | null = null

  return {
    append(records) {
      if (failure !== null) throw failure
      if (file === null) throw new MetronError('cannot-write', `cannot write ${path}: the journal is closed`)
      if (records.length === 0) return
      const bytes = Buffer.from(records.map(formatJournalLine).join(''))
      try {
        // One write is the rule; the loop is for systems that take a large one in parts.
        for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset)
        sizeBytes += bytes.length
      } catch (error) {
        failure = writeFailure(path, error)
        cutBack(file, sizeBytes)
        throw failure
      }
    },
    close() {
      if (file === null) return
      closeSync(file)
      file = null
    },
  }
}

function open(path: string): number {
  let file: number
  try {
    file = openSync(path, 'a')
  } catch (error) {
    throw writeFailure(path, error)
  }
  if (fstatSync(file).size === 0) return file
  closeSync(file)
  throw new MetronError('cannot-write', `cannot write ${path}: it already holds requests of another run`, {
    hint: 'Choose another run name, or move the old run away.',
  })
}

function cutBack(file: number, sizeBytes: number): void {
  try {
    ftruncateSync(file, sizeBytes)
  } catch {
    // A torn last line is what the reader tolerates.
  }
}
