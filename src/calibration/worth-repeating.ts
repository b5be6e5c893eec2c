import type { CalibrationPoint } from '../records/calibration.ts'
import { STAMP_ERROR_BOUNDS_NS, staysWithin } from './find-limits.ts'

/**
 * Whether a point alone would lower a limit: it breaks a bound of the p99 stamp error that every load measured before it
 * with the same pattern and threads had kept. Then a second look is worth its time, in case another program was to blame.
 */
export function worthRepeating(point: CalibrationPoint, before: readonly CalibrationPoint[]): boolean {
  const lower = before.filter(
    ({ pattern, workers }) => pattern === point.pattern && workers === point.workers,
  )
  return STAMP_ERROR_BOUNDS_NS.some(
    (withinNs) => !staysWithin(point, withinNs) && lower.every((each) => staysWithin(each, withinNs)),
  )
}
