import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import { quantileRanks } from './quantile-ranks.ts'

test.each([
  [6, 1, 6],
  [10, 2, 9],
  [20, 6, 15],
  [100, 40, 61],
])(
  'the median of %i values lies between ranks %i and %i at 95 %, as tables print them',
  (count, low, high) => {
    expect(quantileRanks(count, 0.5)).toEqual({ low, high })
  },
)

test.each([
  [64, 0.9, 0.98, 52, 63],
  [63, 0.9, 0.98, 51, 63],
  [36, 0.9, 0.95, 29, 36],
  [1000, 0.9, 0.95, 881, 919],
  [1000, 0.99, 0.95, 983, 997],
])('%i values, p %d at %d: ranks by scipy.stats.binom', (count, p, confidence, low, high) => {
  expect(quantileRanks(count, p, confidence)).toEqual({ low, high })
})

test('is open where no value is far enough out', () => {
  expect(quantileRanks(100, 0.99)).toEqual({ low: 97, high: null })
  expect(quantileRanks(5, 0.5)).toEqual({ low: null, high: null })
  expect(quantileRanks(0, 0.5)).toEqual({ low: null, high: null })
})

test('holds the true quantile in at least 95 of 100 seeded samples', () => {
  const stream = createRandomStream(11)
  const { low, high } = quantileRanks(200, 0.9)
  let held = 0
  for (let i = 0; i < 2000; i++) {
    const values = Float64Array.from({ length: 200 }, () => stream.uniform()).sort()
    if (values[low! - 1]! <= 0.9 && values[high! - 1]! >= 0.9) held++
  }
  // The exact chance lies between 0.95 and 0.97; three standard errors of 2,000 repeats are 0.015.
  expect(held / 2000).toBeGreaterThan(0.935)
})
