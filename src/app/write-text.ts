import { appendFileSync } from 'node:fs'
import { MetronError } from '../errors/metron-error.ts'

/**
 * Adds a text to a file, which is made when it is not there: a job summary of GitHub collects what every step adds.
 *
 * @throws MetronError `cannot-write`
 */
export function writeText(path: string, text: string): void {
  try {
    appendFileSync(path, text)
  } catch (cause) {
    throw new MetronError('cannot-write', `cannot write ${path}: ${(cause as Error).message}`, { cause })
  }
}
