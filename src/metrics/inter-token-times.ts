import type { RequestRecord } from '../records/request-record.ts'
import type { LatencyOrigin } from './run-summary.ts'

/**
 * When each token of a request came: the time from the origin to the first, then the gap before each further one, whole
 * nanoseconds. Each token takes the arrival of its chunk; of the k tokens of one chunk the first takes the gap and the
 * others 0. Times are never interpolated.
 *
 * - Chunks without tokens are passed over. Unattributed chunks (`tokens` is `null`) hold one token each.
 * - No token, or never sent with origin `sent`: empty.
 * - An answer that starts before the request was wholly sent has a first time of 0, not a negative one.
 */
export function interTokenTimes(record: RequestRecord, origin: LatencyOrigin): Float64Array {
  const originNs = origin === 'due' ? record.moments.dueNs : record.moments.sentNs
  if (originNs === null) return new Float64Array(0)
  const { ns, tokens } = record.chunks
  const times = new Float64Array(countTokens(record))
  let previousNs = originNs
  let at = 0
  for (let c = 0; c < ns.length && at < times.length; c++) {
    const held = tokens === null ? 1 : tokens[c]!
    if (held <= 0) continue
    times[at] = Math.max(0, ns[c]! - previousNs)
    previousNs = Math.max(previousNs, ns[c]!)
    at += held
  }
  return times
}

/** Tokens of all chunks; one a chunk when they were not attributed. */
export function countTokens(record: RequestRecord): number {
  const { ns, tokens } = record.chunks
  if (tokens === null) return ns.length
  let sum = 0
  for (let c = 0; c < tokens.length; c++) sum += tokens[c]!
  return sum
}
