import { basename, join, resolve } from 'node:path'

/** Where the parts of a run lie. All paths are absolute. */
export interface RunPaths {
  readonly name: string
  readonly folder: string
  readonly manifest: string
  readonly journal: string
  readonly requests: string
  readonly summary: string
  readonly report: string
}

/** The paths of the parts of a run folder, whether they exist or not. */
export function runPaths(folder: string): RunPaths {
  const root = resolve(folder)
  return {
    name: basename(root),
    folder: root,
    manifest: join(root, 'manifest.json'),
    journal: join(root, 'journal.jsonl'),
    requests: join(root, 'requests.parquet'),
    summary: join(root, 'summary.json'),
    report: join(root, 'report.html'),
  }
}
