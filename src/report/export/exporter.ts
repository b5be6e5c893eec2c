import type { MeasuredRequest } from '../../metrics/measured-request.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import type { RunView } from '../view/run-view.ts'

/** What there is of a run to export. */
export interface ExportedRun {
  readonly view: RunView
  /** Measured requests in order of their ids. */
  readonly requests: readonly MeasuredRequest[]
  /** All records, warm-up included. */
  readonly records: readonly RequestRecord[]
}

/** A file format for other programs, as a plain object. */
export interface Exporter {
  readonly kind: string
  /** For help: what the file holds and who reads it. */
  readonly summary: string
  /** The whole file. Every name of a value states its unit. */
  render(run: ExportedRun): string
}
