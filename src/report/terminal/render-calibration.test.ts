import { expect, test } from 'vitest'
import { pointAt, sampleCalibration, samplePoint } from '../../../test/calibration/samples.ts'
import { describePoint, renderCalibration } from './render-calibration.ts'

const calibration = sampleCalibration([
  pointAt(10_000, 0.4e6),
  pointAt(20_000, 3e6),
  pointAt(40_000, 0.3e6, 4),
  samplePoint({ pattern: 'flat-out', perStreamPerSec: null, threadCpuPerChunkNs: null, stampError: null }),
])

test('the table fits the terminal and says the limits in words', () => {
  for (const width of [60, 80, 120]) {
    const text = renderCalibration(calibration, { color: false, width })
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
    const flat = text.replaceAll(/\s+/g, ' ')
    expect(flat).toContain(
      'With 1 thread the p99 stamp error stays under 1 ms up to 10 000 chunks/s, under 5 ms at every load, up to 20 000 chunks/s.',
    )
    expect(flat).toContain('With 4 threads')
    expect(flat).toContain('Example CPU, 8 cores')
    expect(text.endsWith('\n')).toBe(true)
  }
})

test('missing figures are dashes', () => {
  const text = renderCalibration(calibration, { color: false, width: 120 })
  expect(text).toMatch(/^ +flat-out +1 +200 +– +10\s000 +– +– +– +300 µs +20\.0 µs$/m)
})

test('what weakens a calibration is said', () => {
  const weak = sampleCalibration([samplePoint({ stampedChunks: 31_000, failedStreams: 3 })], {
    complete: false,
    loadAverage: 5,
  })
  const text = renderCalibration(weak, { color: false, width: 100 })
  expect(text).toContain('under 1 ms at no load that was measured')
  expect(text).toContain('1000 chunks never came')
  expect(text).toContain('ended before all loads')
  expect(text).toContain('kept the machine busy')
  expect(describePoint(weak.points[0]!)).toMatch(/^10\s000 chunks\/s, .*p99 400 µs, 3 streams unfinished$/)
})

test('a reference server that was late at the lowest load tells of a busy machine', () => {
  const lateAt = (chunksPerSec: number) =>
    samplePoint({ chunksPerSec, serverLag: { p50Ns: 60e3, p99Ns: 9e6, maxNs: 20e6 } })
  const shown = (...points: ReturnType<typeof samplePoint>[]) =>
    renderCalibration(sampleCalibration(points), { color: false, width: 100 })
  expect(shown(lateAt(500), samplePoint())).toContain('kept the machine busy')
  expect(shown(samplePoint(), lateAt(50_000))).not.toContain('kept the machine busy')
})
