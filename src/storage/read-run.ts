import { existsSync, statSync } from 'node:fs'
import { MetronError } from '../errors/metron-error.ts'
import type { Manifest } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { readJournal } from './journal-reader.ts'
import { readManifest } from './manifest-file.ts'
import { readRequestsParquet } from './requests-parquet.ts'
import { runPaths } from './run-paths.ts'

/** A run as it lies on the disk. */
export interface StoredRun {
  readonly manifest: Manifest
  /** Ordered by `id`. */
  readonly records: readonly RequestRecord[]
  /** `journal` when there is no readable `requests.parquet`: the run was killed, or is still going on. */
  readonly source: 'parquet' | 'journal'
  /** Bytes of a half-written last line of the journal that were left out. */
  readonly tornBytes: number
}

/**
 * Reads a run folder: from `requests.parquet` when it is whole, else from the journal, so that a killed run can be
 * read (its manifest then says `running`). A run in which no request has ended has no records.
 *
 * @throws MetronError `bad-run-folder` when the folder is missing, is no run, or is damaged beyond both files;
 * `unsupported` when a newer Metron wrote it
 */
export async function readRun(folder: string): Promise<StoredRun> {
  const paths = runPaths(folder)
  checkFolder(paths.folder, existsSync(paths.manifest), existsSync(paths.journal))
  const manifest = await readManifest(paths.folder)
  const { records, source, tornBytes } = await readRecords(paths.requests, paths.journal)
  return { manifest, records: records.sort((a, b) => a.id - b.id), source, tornBytes }
}

function checkFolder(folder: string, hasManifest: boolean, hasJournal: boolean): void {
  const hint = 'Give the folder of a run, such as runs/<name>; `metron list` shows them.'
  const kind = statSync(folder, { throwIfNoEntry: false })
  if (kind === undefined) throw new MetronError('bad-run-folder', `there is no folder ${folder}`, { hint })
  if (!kind.isDirectory()) throw new MetronError('bad-run-folder', `${folder} is no folder`, { hint })
  if (hasManifest) return
  if (!hasJournal)
    throw new MetronError('bad-run-folder', `${folder} is no run: it has no manifest.json`, { hint })
  throw new MetronError('bad-run-folder', `${folder} has lost its manifest.json`, {
    hint: 'Its journal.jsonl still holds the requests. Put the manifest of an equal run beside it to read them.',
  })
}

async function readRecords(
  requests: string,
  journal: string,
): Promise<{ records: RequestRecord[]; source: 'parquet' | 'journal'; tornBytes: number }> {
  if (existsSync(requests)) {
    try {
      return { records: await readRequestsParquet(requests), source: 'parquet', tornBytes: 0 }
    } catch (error) {
      // A damaged table is no loss while the journal that it was made from is there.
      const damaged = error instanceof MetronError && error.code === 'bad-run-folder'
      if (!damaged || !existsSync(journal)) throw error
    }
  }
  return { ...(await readJournal(journal)), source: 'journal' }
}
