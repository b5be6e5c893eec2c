import { expect, test } from 'vitest'
import { medianInterval } from './median-interval.ts'

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

test.each([
  // Ranks of Conover, Practical Nonparametric Statistics: 95 % intervals of the median.
  [6, 1, 6],
  [8, 1, 8],
  [10, 2, 9],
  [20, 6, 15],
  [25, 8, 18],
])('of %i values, ranks %i and %i hold the median', (count, low, high) => {
  expect(medianInterval(upTo(count))).toEqual({ value: (count + 1) / 2, low, high })
})

test('five values have a median without an interval, none has nothing', () => {
  expect(medianInterval(upTo(5))).toEqual({ value: 3, low: null, high: null })
  expect(medianInterval([])).toBeNull()
})
