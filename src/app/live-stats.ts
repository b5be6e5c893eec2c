import type { ShardBeat } from '../engine/thread-messages.ts'
import { quantilesOf } from '../numerics/quantiles-of.ts'
import type { RequestRecord } from '../records/request-record.ts'
import type { RunProgress } from '../report/terminal/render-progress.ts'
import type { Plan } from '../workload/plan.ts'

/** Live medians look back over so many requests. */
const WINDOW_REQUESTS = 200
const WINDOW_GAPS = 5000

export interface LiveStats {
  add(record: RequestRecord): void
  beat(beats: readonly ShardBeat[]): void
  progress(elapsedNs: number): RunProgress
}

/** Folds what happens during a run into the few numbers a progress display shows. Approximate: one token a chunk. */
export function createLiveStats(plan: Plan): LiveStats {
  const totalNs = plan.durationNs ?? plan.dueNs?.at(-1) ?? null
  const offeredPerSec = plan.dueNs === null || !totalNs ? null : (plan.dueNs.length / totalNs) * 1e9
  const ttftNs: number[] = []
  const lagNs: number[] = []
  const gapsNs: number[] = []
  let ended = 0
  let failed = 0
  let inFlight = 0
  let dispatched = 0

  return {
    add({ moments, outcome, chunks }) {
      ended += 1
      if (outcome.kind === 'failed') failed += 1
      keepLast(lagNs, WINDOW_REQUESTS, moments.dispatchedNs - moments.dueNs)
      if (chunks.ns.length > 0) keepLast(ttftNs, WINDOW_REQUESTS, chunks.ns[0]! - moments.dueNs)
      for (let i = 1; i < chunks.ns.length; i++)
        keepLast(gapsNs, WINDOW_GAPS, chunks.ns[i]! - chunks.ns[i - 1]!)
    },
    beat(beats) {
      inFlight = beats.reduce((sum, beat) => sum + beat.inFlight, 0)
      dispatched = beats.reduce((sum, beat) => sum + beat.dispatched, 0)
    },
    progress: (elapsedNs) => ({
      elapsedNs,
      totalNs,
      dispatched,
      planned: plan.size,
      inFlight,
      ended,
      failed,
      offeredPerSec,
      achievedPerSec: elapsedNs > 0 ? (dispatched / Math.min(elapsedNs, totalNs ?? elapsedNs)) * 1e9 : null,
      ttftP50Ns: quantileOf(ttftNs, 0.5),
      tbtP50Ns: quantileOf(gapsNs, 0.5),
      lagP99Ns: quantileOf(lagNs, 0.99),
    }),
  }
}

function keepLast(values: number[], count: number, value: number): void {
  values.push(value)
  if (values.length > 2 * count) values.splice(0, values.length - count)
}

function quantileOf(values: readonly number[], p: number): number | null {
  return values.length === 0 ? null : quantilesOf(Float64Array.from(values), [p]).quantiles[0]!
}
