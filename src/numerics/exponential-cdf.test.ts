import { expect, test } from 'vitest'
import { exponentialCdf } from './exponential-cdf.ts'

test('the median is ln 2 / rate, and small chances keep their digits', () => {
  expect(exponentialCdf(Math.LN2 / 5, 5)).toBeCloseTo(0.5, 15)
  expect(exponentialCdf(1e-20, 5) / 5e-20).toBeCloseTo(1, 15)
})

test('nothing lies below 0 and everything below infinity', () => {
  expect(exponentialCdf(-1, 2)).toBe(0)
  expect(exponentialCdf(0, 2)).toBe(0)
  expect(exponentialCdf(Number.POSITIVE_INFINITY, 2)).toBe(1)
})
