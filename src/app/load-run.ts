import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { readForeignFile } from '../imports/foreign-file.ts'
import { importFile } from '../imports/import-file.ts'
import type { Manifest } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { readRun } from '../storage/read-run.ts'
import { toRunName } from '../storage/run-name.ts'
import { describeImport } from './describe-import.ts'
import { warmupEndNs } from './warmup-end.ts'

/** A run, wherever it was recorded. */
export interface LoadedRun {
  readonly manifest: Manifest
  /** Ordered by `id`. */
  readonly records: readonly RequestRecord[]
  /** `import`: a result file of another tool; there is no run folder. */
  readonly source: 'parquet' | 'journal' | 'import'
  /** Bytes of a last journal line that was cut off in the middle of writing; 0 normally. */
  readonly tornBytes: number
}

/**
 * Reads a run folder, or a result file of another tool. A run that was killed is closed as interrupted: all requests that
 * had ended are in its journal.
 *
 * @param format importer of a file; found by its fields when absent
 * @throws MetronError `bad-run-folder`, `bad-input-file`, `bad-config`, `unsupported`
 */
export async function loadRun(path: string, format?: string): Promise<LoadedRun> {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true
  if (isFile || format !== undefined) return loadFile(path, format)
  const { manifest, records, source, tornBytes } = await readRun(path)
  const warmup = { warmupRequests: manifest.warmupRequests, warmupNs: manifest.measureFromNs }
  const whole: Manifest =
    manifest.status === 'running'
      ? { ...manifest, status: 'interrupted', measureFromNs: warmupEndNs(warmup, records) }
      : manifest
  return { manifest: whole, records, source, tornBytes }
}

function loadFile(path: string, format: string | undefined): LoadedRun {
  const file = readForeignFile(path)
  const { importer, run } = importFile(file, format)
  const manifest = describeImport({
    name: toRunName(basename(path).replace(/\.jsonl?$/i, '')),
    file,
    importer,
    run,
    fallbackStart: statSync(path).mtime,
  })
  return { manifest, records: run.records, source: 'import', tornBytes: 0 }
}
