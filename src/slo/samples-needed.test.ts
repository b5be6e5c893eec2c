import { expect, test } from 'vitest'
import { requestsNeededForErrors, samplesNeeded } from './samples-needed.ts'

test.each([
  [0.9, 64],
  [0.95, 130],
  [0.99, 662],
])('p%s needs %i samples, as the metrics document says', (fraction, needed) => {
  expect(samplesNeeded(fraction)).toBe(needed)
})

test.each([
  [0.5, 11],
  [0.999, 6636],
  [0.9999, 66_381],
])('%s needs %i samples: the first n with scipy binom.cdf(1, n, 1 - p) <= 0.01', (fraction, needed) => {
  expect(samplesNeeded(fraction)).toBe(needed)
})

test('a share of errors needs as many requests as make one error the bound', () => {
  expect(requestsNeededForErrors(0.01)).toBe(100)
  expect(requestsNeededForErrors(0.05)).toBe(20)
  expect(requestsNeededForErrors(0.3)).toBe(4)
  expect(requestsNeededForErrors(1)).toBe(1)
  expect(requestsNeededForErrors(0)).toBe(1)
})
