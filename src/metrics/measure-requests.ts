import type { RequestRecord } from '../records/request-record.ts'
import { measureRequest } from './measure-request.ts'
import type { MeasuredRequest } from './measured-request.ts'
import { requireDeadline } from './require-deadline.ts'
import type { MetricOptions } from './run-summary.ts'

/** The requests of a run that are measured, in the order of the records, and how many were warm-up. */
export interface MeasuredRequests {
  readonly warmup: number
  readonly requests: readonly MeasuredRequest[]
}

/**
 * Measures every record that was due at `measureFromNs` or later; earlier ones are warm-up. One pass; the records
 * themselves are not kept.
 *
 * @throws MetronError `bad-config` when a deadline is out of range
 */
export function measureRequests(records: Iterable<RequestRecord>, options: MetricOptions): MeasuredRequests {
  requireDeadline('the TBT deadline', options.tbtDeadlineNs)
  const requests: MeasuredRequest[] = []
  let warmup = 0
  for (const record of records) {
    if (record.moments.dueNs < options.measureFromNs) warmup++
    else requests.push(measureRequest(record, options))
  }
  return { warmup, requests }
}
