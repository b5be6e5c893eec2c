import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { peakChunksPerSec } from './peak-chunks-per-sec.ts'

const recordOf = (ns: number[]) => makeRecord({ arrivalsNs: ns.toSorted((a, b) => a - b) })

test('is the most chunks of any second that begins at a tenth of a second, found by counting', () => {
  const times = fc.array(fc.integer({ min: 0, max: 4e9 - 1 }), { maxLength: 60 })
  fc.assert(
    fc.property(times, times, (a, b) => {
      const all = [...a, ...b]
      const counts = Array.from({ length: 50 }, (_, step) => {
        const fromNs = (step - 9) * 100e6
        return all.filter((ns) => ns >= fromNs && ns < fromNs + 1e9).length
      })
      expect(peakChunksPerSec([recordOf(a), recordOf(b)])).toBe(Math.max(...counts))
    }),
  )
})

test('a run without chunks has a peak of 0', () => {
  expect(peakChunksPerSec([])).toBe(0)
  expect(peakChunksPerSec([recordOf([])])).toBe(0)
})
