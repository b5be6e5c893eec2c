import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeSyntheticRun } from '../../../test/synthetic-run.ts'
import { buildInFlight } from './build-in-flight.ts'

const [template] = makeSyntheticRun({ requests: 1 }).records
const request = (dispatchedNs: number, endNs: number) => ({
  ...template!,
  moments: { ...template!.moments, dispatchedNs, endNs },
})

test('no records give an empty picture', () => {
  expect(buildInFlight([], 0)).toMatchObject({ ns: [], requests: [], peak: 0, failedNs: [] })
})

test('a slot that is freed and taken at the same moment never holds two', () => {
  expect(buildInFlight([request(0, 500), request(500, 1000)], 0).peak).toBe(1)
})

test('the peak is the most intervals that overlap in any point (slow oracle)', () => {
  const interval = fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 500 }))
  fc.assert(
    fc.property(fc.array(interval, { minLength: 1, maxLength: 30 }), (intervals) => {
      const records = intervals.map(([start, length]) => request(start, start + length))
      const view = buildInFlight(records, 0)
      const at = (ns: number) =>
        records.filter((r) => r.moments.dispatchedNs <= ns && ns < r.moments.endNs).length
      expect(view.peak).toBe(Math.max(...intervals.map(([start]) => at(start))))
      expect(Math.max(...view.requests)).toBe(view.peak)
    }),
  )
})

test('failures are marked, at most 500 of them', () => {
  const { records } = makeSyntheticRun({ requests: 1200, failFraction: 1 })
  const { failedNs } = buildInFlight(records, 0)
  expect(failedNs.length).toBeGreaterThan(300)
  expect(failedNs.length).toBeLessThanOrEqual(500)
})
