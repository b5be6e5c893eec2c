import { expect, test } from 'vitest'
import { pointAt, samplePoint } from '../../test/calibration/samples.ts'
import { findLimits } from './find-limits.ts'

const limit = (workers: number, withinNs: number, chunksPerSec: number | null, isLowerBound: boolean) => ({
  workers,
  withinNs,
  chunksPerSec,
  isLowerBound,
})

test('the limit is the highest load below the first that breaks the bound, whatever comes above', () => {
  const points = [pointAt(40_000, 0.9e6), pointAt(1000, 0.2e6), pointAt(20_000, 3e6), pointAt(10_000, 0.5e6)]
  expect(findLimits(points)).toEqual([limit(1, 1e6, 10_000, false), limit(1, 5e6, 40_000, true)])
})

test('a bound is broken by reaching it, by a lost chunk and by a stream that failed', () => {
  for (const bad of [
    pointAt(2000, 1e6),
    samplePoint({ chunksPerSec: 2000, stampedChunks: 31_999 }),
    samplePoint({ chunksPerSec: 2000, failedStreams: 1 }),
    samplePoint({ chunksPerSec: 0, stampError: null }),
  ])
    expect(findLimits([bad])[0]).toEqual(limit(1, 1e6, null, false))
})

test('each number of threads has limits of its own', () => {
  const points = [pointAt(50_000, 0.4e6, 4), pointAt(50_000, 2e6, 1), pointAt(10_000, 0.4e6, 1)]
  expect(findLimits(points).map(({ workers, chunksPerSec }) => [workers, chunksPerSec])).toEqual([
    [1, 10_000],
    [1, 50_000],
    [4, 50_000],
    [4, 50_000],
  ])
})

test('other patterns count only where steady was not measured, and flat-out never does', () => {
  const bursty = { ...pointAt(5000, 9e6), pattern: 'bursty' }
  const flatOut = { ...pointAt(90_000, 90e6), pattern: 'flat-out' }
  expect(findLimits([pointAt(10_000, 0.5e6), bursty, flatOut])[0]).toEqual(limit(1, 1e6, 10_000, true))
  expect(findLimits([bursty, flatOut])[0]).toEqual(limit(1, 1e6, null, false))
  expect(findLimits([flatOut])).toEqual([])
})
