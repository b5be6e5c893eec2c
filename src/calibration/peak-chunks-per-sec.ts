import type { RequestRecord } from '../records/request-record.ts'

const STEP_NS = 100e6
const STEPS = 10

/**
 * The most chunks that came within one second of a run, all streams together; windows of one second are moved in steps
 * of 0.1 s. 0 without chunks.
 */
export function peakChunksPerSec(records: readonly RequestRecord[]): number {
  const counts: number[] = []
  for (const { chunks } of records)
    for (let i = 0; i < chunks.ns.length; i++) {
      const step = Math.max(0, Math.floor(chunks.ns[i]! / STEP_NS))
      counts[step] = (counts[step] ?? 0) + 1
    }
  let sum = 0
  let peak = 0
  for (let step = 0; step < counts.length; step++) {
    sum += (counts[step] ?? 0) - (counts[step - STEPS] ?? 0)
    peak = Math.max(peak, sum)
  }
  return peak
}
