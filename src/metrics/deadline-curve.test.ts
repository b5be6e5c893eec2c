import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { deadlineCurve } from './deadline-curve.ts'
import { measureRequest } from './measure-request.ts'

const options = {
  origin: 'due',
  ttftDeadlineNs: () => 1e9,
  tbtDeadlineNs: 25e6,
  ignoreFirst: false,
  minFluidity: 0.9,
  requestFraction: 0.99,
  failedRequests: 'miss',
  measureFromNs: 0,
} as const

const steady = (gapMs: number) =>
  measureRequest(makeRecord({ arrivalsNs: [0, 1, 2, 3, 4].map((i) => i * gapMs * 1e6) }), options)

test('falls from all deadlines missed to none where the deadline reaches the pace of steady streams', () => {
  const { tbtDeadlineNs, p50, p99 } = deadlineCurve([20, 20, 20].map(steady), 'miss')
  const at = tbtDeadlineNs.indexOf(20e6)
  expect([p50[at - 1], p50[at]]).toEqual([1, 0])
  expect([p99[at - 1], p99[at]]).toEqual([1, 0])
})

test('ascends from 1 to 100 ms and holds the tiers of the paper', () => {
  const { tbtDeadlineNs } = deadlineCurve([], 'miss')
  expect([...tbtDeadlineNs].sort((a, b) => a - b)).toEqual(tbtDeadlineNs)
  expect(tbtDeadlineNs[0]).toBe(1e6)
  expect(tbtDeadlineNs.at(-1)).toBe(100e6)
  expect(tbtDeadlineNs).toEqual(expect.arrayContaining([10e6, 25e6, 50e6]))
})

test('never rises with the deadline', () => {
  const { p50, p90, p99 } = deadlineCurve([3, 9, 22, 31, 77].map(steady), 'exclude')
  for (const line of [p50, p90, p99]) {
    for (let i = 1; i < line.length; i++) expect(line[i]).toBeLessThanOrEqual(line[i - 1]!)
  }
})

test('draws 2,000 evenly spaced requests of a large run, failures in proportion, and says so', () => {
  const answered = Array.from({ length: 3_000 }, (_, i) => steady(i % 2 === 0 ? 10 : 50))
  const failed = Array.from({ length: 1_000 }, () =>
    measureRequest(makeRecord({ failure: 'client' }), options),
  )
  const curve = deadlineCurve([...answered, ...failed], 'miss')
  expect(curve.count).toBe(2_000)
  // At 100 ms only the quarter that failed misses anything.
  expect(curve.p50.at(-1)).toBe(0)
  expect(curve.p90.at(-1)).toBe(1)
  expect(deadlineCurve([...answered, ...failed], 'exclude').p90.at(-1)).toBe(0)
})
