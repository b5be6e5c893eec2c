import { readFile } from 'node:fs/promises'
import { MetronError } from '../errors/metron-error.ts'
import { runPaths } from './run-paths.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/**
 * Writes `summary.json` of a run folder, replacing an older one as a whole.
 *
 * @param summary plain JSON; numbers that are not finite become `null`
 * @throws MetronError `cannot-write`
 */
export function writeSummary(folder: string, summary: object): void {
  writeFileAtomically(runPaths(folder).summary, `${JSON.stringify(summary, null, 2)}\n`)
}

/**
 * Reads `summary.json` of a run folder; `null` when there is none. The shape is the caller's to know: it is not
 * checked beyond being a JSON object.
 *
 * @throws MetronError `bad-run-folder`
 */
export async function readSummary<Summary extends object>(folder: string): Promise<Summary | null> {
  const path = runPaths(folder).summary
  let problem = 'it is no JSON object'
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Summary
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    problem = code ?? message
  }
  throw new MetronError('bad-run-folder', `cannot read ${path}: ${problem}`, {
    hint: 'The summary can be made again from the requests: remove it and make the report again.',
  })
}
