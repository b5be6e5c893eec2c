import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { MetronError } from '../errors/metron-error.ts'
import type { Manifest } from '../records/manifest.ts'
import { countRequests } from './count-requests.ts'
import { readManifest } from './manifest-file.ts'
import { runPaths } from './run-paths.ts'
import { readSummary } from './summary-file.ts'
import { verdictOf } from './verdict-of.ts'

/** One run as a list shows it. What could not be found out is `null`. */
export interface ListedRun {
  /** Name of the folder. */
  readonly name: string
  readonly folder: string
  readonly startedAt: string | null
  readonly status: Manifest['status'] | null
  /** URL of the server; `null` for the embedded engine too. */
  readonly target: string | null
  readonly model: string | null
  readonly requests: number | null
  /** Over all objectives; `null` when there are none, or no summary yet. */
  readonly verdict: 'pass' | 'fail' | 'no-data' | 'void' | null
  /** What is wrong with the folder, in one sentence; `null` when nothing is. */
  readonly problem: string | null
}

/**
 * Lists the runs of a runs folder, newest first; folders without a readable manifest come last, with the problem.
 * A broken run never hides the others. Files and folders whose name starts with a dot are left out. A missing
 * runs folder has no runs.
 *
 * @throws MetronError `bad-run-folder` when the runs folder cannot be read
 */
export async function listRuns(parent: string): Promise<ListedRun[]> {
  let entries: { name: string; isDirectory(): boolean }[]
  try {
    entries = await readdir(parent, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    throw new MetronError('bad-run-folder', `cannot read ${parent}: ${code}`, {
      hint: 'Give the folder that holds the runs.',
      cause: error,
    })
  }
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const runs: ListedRun[] = []
  // One after the other, so that a thousand runs do not open a thousand files.
  for (const { name } of folders) runs.push(await listRun(join(parent, name)))
  return runs.sort(
    (a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? '') || a.name.localeCompare(b.name),
  )
}

async function listRun(folder: string): Promise<ListedRun> {
  const paths = runPaths(folder)
  const problems: string[] = []
  const attempt = <T>(work: Promise<T>): Promise<T | null> =>
    work.catch((error: Error) => {
      problems.push(error.message)
      return null
    })
  const manifest = await attempt(readManifest(folder))
  const requests = await attempt(countRequests(paths))
  const summary = await attempt(readSummary(folder))
  return {
    name: paths.name,
    folder: paths.folder,
    startedAt: manifest?.startedAt ?? null,
    status: manifest?.status ?? null,
    target: manifest?.target.url ?? null,
    model: manifest?.target.model ?? null,
    requests,
    verdict: summary === null ? null : verdictOf(summary),
    problem: problems[0] ?? null,
  }
}
