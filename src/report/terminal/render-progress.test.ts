import { expect, test } from 'vitest'
import { type RunProgress, renderProgress } from './render-progress.ts'

const running: RunProgress = {
  elapsedNs: 12e9,
  totalNs: 30e9,
  dispatched: 48,
  planned: 120,
  inFlight: 9,
  ended: 39,
  failed: 1,
  offeredPerSec: 4,
  achievedPerSec: 3.97,
  ttftP50Ns: 212e6,
  tbtP50Ns: 14.2e6,
  lagP99Ns: 120e3,
}

test('three lines say how far, what load and what users feel', () => {
  expect(renderProgress(running, { color: false, width: 100 })).toEqual([
    '━━━━━━━━━━━━━───────────────────  0:12 / 0:30   120 planned',
    'sent 48   in flight 9   ended 39   failed 1   offered 4.00/s   achieved 3.97/s',
    'TTFT p50 212 ms   TBT p50 14.2 ms   lag p99 120 µs',
  ])
})

test('no line is wider than the terminal, and no word is cut', () => {
  for (const width of [21, 30, 40, 60]) {
    const lines = renderProgress(running, { color: false, width })
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(line.length).toBeLessThan(width)
  }
  expect(renderProgress(running, { color: false, width: 40 })[1]).toBe('sent 48   in flight 9   ended 39')
})

test('before anything is known there are dashes, and an open-ended run has no bar', () => {
  const lines = renderProgress(
    {
      ...running,
      totalNs: null,
      planned: null,
      offeredPerSec: null,
      ttftP50Ns: null,
      tbtP50Ns: null,
      lagP99Ns: null,
    },
    { color: false, width: 100 },
  )
  expect(lines[0]).toBe('0:12')
  expect(lines[1]).toContain('offered –')
  expect(lines[2]).toBe('TTFT p50 –   TBT p50 –   lag p99 –')
})

test('a run of a number of requests fills its bar by the requests that ended', () => {
  const [bar] = renderProgress({ ...running, totalNs: null, ended: 60 }, { color: false, width: 100 })
  expect(bar).toMatch(/^━{16}─{16} {2}/)
})
