import { checkCalibration } from '../calibration/check-calibration.ts'
import { peakChunksPerSec } from '../calibration/peak-chunks-per-sec.ts'
import type { Calibration } from '../records/calibration.ts'
import type { InstrumentHealth } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'

/**
 * Health of a run with its load beside the calibration of the machine. A load outside of it makes a valid run degraded:
 * its stamps may be right, but nothing shows that they are. Unchanged without health or calibration.
 */
export function judgeLoad(
  health: InstrumentHealth | null,
  records: readonly RequestRecord[],
  calibration: Calibration | null,
): InstrumentHealth | null {
  if (health === null || calibration === null) return health
  const { check, reason } = checkCalibration(calibration, {
    workers: health.workers.length,
    peakChunksPerSec: peakChunksPerSec(records),
  })
  if (reason === null) return { ...health, calibration: check }
  return {
    ...health,
    calibration: check,
    verdict: health.verdict === 'valid' ? 'degraded' : health.verdict,
    reasons: [...health.reasons, reason],
  }
}
