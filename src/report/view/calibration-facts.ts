import type { InstrumentHealth } from '../../records/manifest.ts'
import { formatCount } from '../format/format-count.ts'
import { MISSING } from '../format/missing.ts'
import type { HealthFact } from './run-view.ts'

/** What the terminal shows of it too, when the machine was calibrated. */
export const CALIBRATED_LOAD = 'Peak chunk rate'

/** The load of a run beside what its machine was measured to manage. */
export function calibrationFacts({ calibration }: InstrumentHealth): HealthFact[] {
  if (calibration === null)
    return [
      {
        label: 'Calibration',
        value: 'none',
        meaning:
          'This machine was not measured by metron calibrate, so nothing shows how exact its stamps are at this load.',
      },
    ]
  const { measuredAt, limitChunksPerSec, peakChunksPerSec, inside } = calibration
  const limit = limitChunksPerSec === null ? MISSING : formatCount(Number(limitChunksPerSec.toPrecision(3)))
  const sign = inside ? 'within' : 'beyond'
  return [
    {
      label: CALIBRATED_LOAD,
      value: `${formatCount(peakChunksPerSec)} chunks/s, ${sign} the calibrated ${limit} chunks/s`,
      meaning: `The most chunks in one second, beside the load up to which this machine stamped within 1 ms at p99 when it was calibrated on ${measuredAt.slice(0, 10)}.`,
    },
  ]
}
