import type { MeasuredRequest } from './measured-request.ts'

/** Every gap between two tokens of every answered request, in a new array: the samples of the time between tokens. */
export function pooledGaps(requests: readonly MeasuredRequest[]): Float64Array {
  let count = 0
  for (const { ok, interTokenTimesNs } of requests) if (ok) count += Math.max(0, interTokenTimesNs.length - 1)
  const gaps = new Float64Array(count)
  let at = 0
  for (const { ok, interTokenTimesNs } of requests) {
    if (!ok || interTokenTimesNs.length < 2) continue
    gaps.set(interTokenTimesNs.subarray(1), at)
    at += interTokenTimesNs.length - 1
  }
  return gaps
}
