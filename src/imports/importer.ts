import type { RequestRecord } from '../records/request-record.ts'
import type { ForeignFile } from './foreign-file.ts'

/** What a result file of another tool tells of a run. */
export interface ImportedRun {
  /** Ordered by `id`; times in ns since the first due moment. */
  readonly records: readonly RequestRecord[]
  /** Whether `dueNs` is a moment of its own; otherwise it repeats `sentNs`, and latency can only count from there. */
  readonly hasDueTimes: boolean
  /** Requests due before this moment were warm-up for the tool; 0 when it says nothing of one. */
  readonly measureFromNs: number
  /** ISO 8601 UTC; `null` when the file does not say. */
  readonly startedAt: string | null
  readonly model: string | null
  /** Users of a closed loop; `null` for an open loop, or when the file does not say. */
  readonly users: number | null
  /** What the file cannot support, one sentence each, for people. */
  readonly limits: readonly string[]
}

/**
 * Reads the result files of one tool. To add one: a plain object like the others, and a line in `importers.ts`.
 */
export interface Importer {
  /** Stable name, as `--format` takes it. */
  readonly kind: string
  /** The tool and its file, for lists and errors. */
  readonly summary: string
  /**
   * Whether the file looks like this tool's.
   *
   * @param sample the JSON document, or the first line of a file with one document a line
   */
  recognize(sample: unknown): boolean
  /** @throws MetronError `bad-input-file` naming file, line and field */
  read(file: ForeignFile): ImportedRun
}
