import { expect, test } from 'vitest'
import { quantileInterval } from './quantile-interval.ts'

test('the median of ten lies between the second and the ninth (sign test, 97.9 %)', () => {
  expect(quantileInterval(10, 0.5)).toEqual({ low: 1, high: 8 })
})

test('the median of five cannot be bounded with 95 %, the p99 of a hundred not from above', () => {
  expect(quantileInterval(5, 0.5)).toEqual({ low: null, high: null })
  expect(quantileInterval(100, 0.99)).toMatchObject({ high: null, low: expect.any(Number) })
  expect(quantileInterval(0, 0.5)).toEqual({ low: null, high: null })
})

test('ranks stay near the quantile however many samples there are', () => {
  const { low, high } = quantileInterval(1_000_000, 0.9)
  // Normal approximation: 900,000 +- 1.96 * sqrt(1e6 * 0.09) = +- 588.
  expect(low).toBeGreaterThan(899_400)
  expect(high).toBeLessThan(900_600)
  expect(high! - low!).toBeGreaterThan(1150)
})
