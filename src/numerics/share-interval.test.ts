import { expect, test } from 'vitest'
import { shareInterval } from './share-interval.ts'

test.each([
  // Closed forms at the edges, 1 - 0.025^(1/n); the others are in every table of exact binomial limits.
  [0, 10, 0, 0.30849711],
  [10, 10, 0.69150289, 1],
  [1, 10, 0.00252858, 0.44501612],
  [5, 10, 0.18708603, 0.81291397],
  [95, 100, 0.88716515, 0.98356805],
])('%i of %i by Clopper and Pearson', (met, count, low, high) => {
  const found = shareInterval(met, count)
  expect(found.low).toBeCloseTo(low, 5)
  expect(found.high).toBeCloseTo(high, 5)
})

test('no sample says nothing', () => {
  expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 })
})
