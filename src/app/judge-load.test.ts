import { expect, test } from 'vitest'
import { pointAt, sampleCalibration } from '../../test/calibration/samples.ts'
import { makeRecord } from '../../test/make-record.ts'
import { assessHealth } from '../engine/assess-health.ts'
import type { InstrumentHealth } from '../records/manifest.ts'
import { judgeLoad } from './judge-load.ts'

const records = [makeRecord({ arrivalsNs: Array.from({ length: 500 }, (_, i) => i * 1e6) })]
const loops = [
  {
    worker: 0,
    loopDelayP99Ns: 0,
    loopDelayMaxNs: 0,
    loopUtilizationFraction: 0.1,
    gcCount: 0,
    gcTotalNs: 0,
    gcMaxNs: 0,
  },
]
const health: InstrumentHealth = assessHealth({
  records,
  loops,
  offered: null,
  capped: false,
  cpuStealFraction: null,
  backlogMaxNs: null,
})

test('a load within the calibration leaves the verdict', () => {
  const judged = judgeLoad(health, records, sampleCalibration([pointAt(10_000, 0.4e6)]))!
  expect(judged).toMatchObject({ verdict: 'valid', reasons: [] })
  expect(judged.calibration).toMatchObject({ peakChunksPerSec: 500, limitChunksPerSec: 10_000, inside: true })
})

test('a load beyond it makes a valid run degraded and leaves an invalid one invalid', () => {
  const calibration = sampleCalibration([pointAt(400, 0.4e6), pointAt(800, 4e6)])
  const judged = judgeLoad(health, records, calibration)!
  expect(judged.verdict).toBe('degraded')
  expect(judged.reasons).toEqual([expect.stringContaining('peaked at 500 chunks/s')])
  const invalid = judgeLoad({ ...health, verdict: 'invalid', reasons: ['late'] }, records, calibration)!
  expect(invalid.verdict).toBe('invalid')
  expect(invalid.reasons).toHaveLength(2)
})

test('without health or calibration nothing changes', () => {
  expect(judgeLoad(health, records, null)).toBe(health)
  expect(judgeLoad(null, records, sampleCalibration([pointAt(1, 1)]))).toBeNull()
})
