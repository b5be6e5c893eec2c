import type { CalibrationLimit, CalibrationPoint } from '../records/calibration.ts'
import { hasSchedule } from './choose-points.ts'

/** Bounds of the p99 stamp error for which limits are told. */
export const STAMP_ERROR_BOUNDS_NS = [1e6, 5e6] as const

/**
 * For each number of threads and each bound, the highest chunk rate up to which every measured load kept its p99 stamp
 * error under the bound and lost nothing. From the `steady` points, or from all that have a schedule when there are none.
 */
export function findLimits(points: readonly CalibrationPoint[]): CalibrationLimit[] {
  const steady = points.filter(({ pattern }) => pattern === 'steady')
  const judged = steady.length > 0 ? steady : points.filter(({ pattern }) => hasSchedule(pattern))
  const threads = [...new Set(judged.map(({ workers }) => workers))].sort((a, b) => a - b)
  return threads.flatMap((workers) =>
    STAMP_ERROR_BOUNDS_NS.map((withinNs) => {
      const rising = judged
        .filter((point) => point.workers === workers)
        .sort((a, b) => a.chunksPerSec - b.chunksPerSec)
      const firstBad = rising.findIndex((point) => !staysWithin(point, withinNs))
      const good = firstBad < 0 ? rising : rising.slice(0, firstBad)
      return {
        workers,
        withinNs,
        chunksPerSec: good.at(-1)?.chunksPerSec ?? null,
        isLowerBound: firstBad < 0,
      }
    }),
  )
}

/** Whether a point kept its p99 stamp error under the bound without losing a chunk. */
export function staysWithin(point: CalibrationPoint, withinNs: number): boolean {
  const { stampError, stampedChunks, expectedChunks, failedStreams } = point
  return (
    stampError !== null &&
    stampError.p99Ns < withinNs &&
    stampedChunks === expectedChunks &&
    failedStreams === 0
  )
}
