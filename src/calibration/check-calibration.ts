import type { Calibration } from '../records/calibration.ts'
import type { CalibrationCheck } from '../records/manifest.ts'
import { STAMP_ERROR_BOUNDS_NS } from './find-limits.ts'

/** A run's load beside a calibration. */
export interface CheckedLoad {
  readonly check: CalibrationCheck
  /** Why the numbers of the run are less sure and what to do; `null` when the load was inside. */
  readonly reason: string | null
}

/**
 * Compares the highest chunk rate of a run with the load up to which this machine was measured to stamp within 1 ms at
 * p99. The limit is that of the largest number of threads calibrated that the run had, else of the smallest.
 */
export function checkCalibration(
  calibration: Calibration,
  load: { readonly workers: number; readonly peakChunksPerSec: number },
): CheckedLoad {
  const { peakChunksPerSec } = load
  const limits = calibration.limits
    .filter(({ withinNs }) => withinNs === STAMP_ERROR_BOUNDS_NS[0])
    .toSorted((a, b) => a.workers - b.workers)
  const limit = limits.findLast(({ workers }) => workers <= load.workers) ?? limits[0]
  const limitChunksPerSec = limit?.chunksPerSec ?? null
  const inside = peakChunksPerSec <= (limitChunksPerSec ?? 0)
  const check = { measuredAt: calibration.measuredAt, limitChunksPerSec, peakChunksPerSec, inside }
  if (inside) return { check, reason: null }
  const peak = `The run peaked at ${rounded(peakChunksPerSec)} chunks/s`
  if (limitChunksPerSec === null)
    return {
      check,
      reason: `${peak}, and at its calibration this machine stamped no load within 1 ms at p99: calibrate when the machine is quiet (metron calibrate).`,
    }
  const limitText = `${rounded(limitChunksPerSec)} chunks/s`
  return {
    check,
    reason:
      limit?.isLowerBound === true
        ? `${peak}, more than this machine was calibrated at (${limitText}): calibrate at a higher load (metron calibrate --streams, --rates).`
        : `${peak}, above the ${limitText} up to which this machine stamps within 1 ms at p99 (metron calibrate): use a lower load or a faster machine.`,
  }
}

function rounded(perSec: number): string {
  return String(Number(perSec.toPrecision(3)))
}
