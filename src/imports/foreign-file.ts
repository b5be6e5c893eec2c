import { readFileSync } from 'node:fs'
import { MetronError } from '../errors/metron-error.ts'

/** A result file of another tool, as text. */
export interface ForeignFile {
  readonly path: string
  readonly text: string
}

/** @throws MetronError `bad-input-file` when it cannot be read */
export function readForeignFile(path: string): ForeignFile {
  try {
    return { path, text: readFileSync(path, 'utf8') }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new MetronError('bad-input-file', `cannot read ${path}: ${code ?? message}`, {
      hint: 'Give a run folder, or a result file of another tool.',
      cause,
    })
  }
}
