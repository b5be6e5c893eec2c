import { expect, test } from 'vitest'
import { pointAt, sampleCalibration } from '../../test/calibration/samples.ts'
import { checkCalibration } from './check-calibration.ts'

const calibration = sampleCalibration([
  pointAt(10_000, 0.4e6),
  pointAt(20_000, 3e6),
  pointAt(30_000, 0.4e6, 4),
  pointAt(60_000, 0.9e6, 4),
])

test('a load up to the limit is inside', () => {
  const { check, reason } = checkCalibration(calibration, { workers: 1, peakChunksPerSec: 10_000 })
  expect(reason).toBeNull()
  expect(check).toEqual({
    measuredAt: '2026-03-14T09:26:53.589Z',
    limitChunksPerSec: 10_000,
    peakChunksPerSec: 10_000,
    inside: true,
  })
})

test('a load above the limit is outside, and the reason says both figures and what to change', () => {
  const { check, reason } = checkCalibration(calibration, { workers: 1, peakChunksPerSec: 10_001 })
  expect(check.inside).toBe(false)
  expect(reason).toMatch(/peaked at 10000 chunks\/s, above the 10000 chunks\/s .* use a lower load/)
})

test('the limit is that of the most threads calibrated that the run had', () => {
  const limitAt = (workers: number) =>
    checkCalibration(calibration, { workers, peakChunksPerSec: 1 }).check.limitChunksPerSec
  expect([1, 3, 4, 9].map(limitAt)).toEqual([10_000, 10_000, 60_000, 60_000])
})

test('above the highest load of a grid that was all good, the advice is to calibrate higher', () => {
  const { reason } = checkCalibration(calibration, { workers: 4, peakChunksPerSec: 70_000 })
  expect(reason).toMatch(/more than this machine was calibrated at \(60000 chunks\/s\)/)
})

test('a machine that no load was exact on has every load outside but none at all', () => {
  const bad = sampleCalibration([pointAt(100, 7e6)])
  const { check, reason } = checkCalibration(bad, { workers: 1, peakChunksPerSec: 50 })
  expect(check).toMatchObject({ limitChunksPerSec: null, inside: false })
  expect(reason).toMatch(/no load within 1 ms at p99/)
  expect(checkCalibration(bad, { workers: 1, peakChunksPerSec: 0 }).reason).toBeNull()
})
