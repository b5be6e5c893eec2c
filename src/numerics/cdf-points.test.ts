import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cdfPoints } from './cdf-points.ts'

const someValues = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ noNaN: true })), {
    minLength: 1,
    maxLength: 400,
  })
  .map((list) => Float64Array.from(list, (value) => value + 0))

test('every point lies on the distribution function, both ends are kept, and no more points than asked come', () => {
  fc.assert(
    fc.property(someValues, fc.integer({ min: 2, max: 60 }), (unsorted, maxPoints) => {
      const sorted = unsorted.toSorted()
      const { values, fractions } = cdfPoints(unsorted, maxPoints)
      expect(values.length).toBe(fractions.length)
      expect(values.length).toBeLessThanOrEqual(maxPoints)
      expect(values[0]).toBe(sorted[0])
      expect(values.at(-1)).toBe(sorted.at(-1))
      expect(fractions.at(-1)).toBe(1)
      for (let i = 0; i < values.length; i++) {
        expect(fractions[i]).toBe(sorted.filter((value) => value <= values[i]!).length / sorted.length)
        if (i > 0) expect(values[i]! > values[i - 1]!).toBe(true)
      }
    }),
  )
})

test('no more values than points lose no distinct value', () => {
  expect(cdfPoints(Float64Array.of(5, 1, 2, 1), 4)).toEqual({ values: [1, 2, 5], fractions: [0.5, 0.75, 1] })
})

test('of a million values thinned to 200 points the middle and the far tails stay dense', () => {
  // 7919 is prime to a million, so that each whole number comes once, out of order.
  const shuffled = Float64Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) % 1_000_000)
  const { fractions } = cdfPoints(shuffled, 200)
  for (let i = 1; i < fractions.length; i++) expect(fractions[i]! - fractions[i - 1]!).toBeLessThan(0.0102)
  for (const tail of [1e-2, 1e-3, 1e-4, 1e-5]) {
    const inDecade = (share: number) => share <= tail * (1 + 1e-9) && share > tail / 10
    expect(fractions.filter((fraction) => inDecade(1 - fraction)).length).toBeGreaterThanOrEqual(8)
    expect(fractions.filter(inDecade).length).toBeGreaterThanOrEqual(8)
  }
})

test('no values give no points', () => {
  expect(cdfPoints(new Float64Array(0), 10)).toEqual({ values: [], fractions: [] })
})

test('fewer than two points are refused', () => {
  expect(() => cdfPoints(Float64Array.of(1, 2, 3), 1)).toThrow(RangeError)
})
