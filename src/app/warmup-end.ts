import type { RequestRecord } from '../records/request-record.ts'

/**
 * The moment from which requests are measured: the end of a warm-up in time, or when the first request after the
 * warm-up requests was due. Without any request after the warm-up nothing is measured.
 */
export function warmupEndNs(
  warmup: { readonly warmupRequests: number; readonly warmupNs: number },
  records: readonly RequestRecord[],
): number {
  if (warmup.warmupRequests === 0) return warmup.warmupNs
  return records
    .filter(({ id }) => id >= warmup.warmupRequests)
    .reduce((first, { moments }) => Math.min(first, moments.dueNs), Number.MAX_SAFE_INTEGER)
}
