import type { MeasuredRequest } from '../../metrics/measured-request.ts'
import { FAILURE_REASONS, type FailureReason } from '../../records/outcome.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import type { FailureRow } from './run-view.ts'

/** Measured failures by reason, most frequent first, each with the detail of its first request. */
export function buildFailures(
  requests: readonly MeasuredRequest[],
  records: readonly RequestRecord[],
): readonly FailureRow[] {
  const first = new Map<FailureReason, number>()
  const counts = new Map<FailureReason, number>()
  for (const { id, failure } of requests) {
    if (failure === null) continue
    if (!first.has(failure)) first.set(failure, id)
    counts.set(failure, (counts.get(failure) ?? 0) + 1)
  }
  const detail = (reason: FailureReason) => {
    const outcome = records.find(({ id }) => id === first.get(reason))?.outcome
    return outcome?.kind === 'failed' ? outcome.detail : ''
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([reason, count]) => ({
      reason,
      meaning: FAILURE_REASONS[reason],
      count,
      fraction: count / requests.length,
      example: detail(reason),
    }))
}
