import type { Config } from '../config/config-schema.ts'
import type { RequestRecord } from '../records/request-record.ts'

/**
 * The moment from which requests are measured: the given stretch of time, or when the first request after the given
 * number was due. Without any request after the warm-up nothing is measured.
 */
export function warmupEndNs(warmup: Config['load']['warmup'], records: readonly RequestRecord[]): number {
  if ('ns' in warmup) return warmup.ns
  return records
    .filter(({ id }) => id >= warmup.requests)
    .reduce((first, { moments }) => Math.min(first, moments.dueNs), Number.MAX_SAFE_INTEGER)
}
