import { findLimits } from '../../src/calibration/find-limits.ts'
import type { Calibration, CalibrationPoint } from '../../src/records/calibration.ts'

/** A point with plausible figures. */
export function samplePoint(changes: Partial<CalibrationPoint> = {}): CalibrationPoint {
  return {
    pattern: 'steady',
    workers: 1,
    streams: 200,
    perStreamPerSec: 50,
    chunksPerSec: 10_000,
    expectedChunks: 32_000,
    stampedChunks: 32_000,
    failedStreams: 0,
    stampError: { p50Ns: 60e3, p99Ns: 400e3, maxNs: 2e6 },
    dispatchError: { p50Ns: 30e3, p99Ns: 300e3, maxNs: 900e3 },
    serverLag: { p50Ns: 60e3, p99Ns: 500e3, maxNs: 3e6 },
    serverWrite: { p50Ns: 9e3, p99Ns: 60e3, maxNs: 500e3 },
    threadCpuPerChunkNs: 12_000,
    processCpuPerChunkNs: 20_000,
    ...changes,
  }
}

/** `samplePoint` with this rate, p99 stamp error and number of threads. */
export function pointAt(chunksPerSec: number, p99Ns: number, workers = 1): CalibrationPoint {
  return samplePoint({ chunksPerSec, workers, stampError: { p50Ns: 50e3, p99Ns, maxNs: 2 * p99Ns } })
}

export function sampleCalibration(
  points: readonly CalibrationPoint[],
  changes: Partial<Calibration> = {},
): Calibration {
  return {
    schemaVersion: 1,
    measuredAt: '2026-03-14T09:26:53.589Z',
    complete: true,
    versions: { metron: '0.1.0', node: '24.21.0' },
    machine: { os: 'linux 6.1', cpu: 'Example CPU', cores: 8, memoryBytes: 34359738368 },
    loadAverage: 0.2,
    points,
    limits: findLimits(points),
    ...changes,
  }
}
