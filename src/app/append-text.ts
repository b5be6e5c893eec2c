import { appendFileSync } from 'node:fs'
import { writeFailure } from '../storage/write-failure.ts'

/**
 * Adds a text to a file, which is made when it is not there: a job summary of GitHub collects what every step adds.
 *
 * @throws MetronError `cannot-write`
 */
export function appendText(path: string, text: string): void {
  try {
    appendFileSync(path, text)
  } catch (error) {
    throw writeFailure(path, error)
  }
}
