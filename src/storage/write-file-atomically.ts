import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { writeFailure } from './write-failure.ts'

/**
 * Writes a whole file so that a reader sees the old content or the new, never a part: a temporary file beside it,
 * flushed to the disk, then renamed over it.
 *
 * @throws MetronError `cannot-write`; the temporary file is removed and an older file is left as it was.
 */
export function writeFileAtomically(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const file = openSync(temporary, 'w')
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    try {
      rmSync(temporary, { force: true })
    } catch {
      // The first failure is the one to report.
    }
    throw writeFailure(path, error)
  }
}
