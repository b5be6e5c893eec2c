import { expect, test } from 'vitest'
import { betaCdf } from './beta-cdf.ts'

test.each([
  [2, 3, 0.3, 0.34829999999999994],
  [0.5, 0.5, 0.1, 0.20483276469913345],
  [1, 1, 0.7, 0.7],
  [10, 1, 0.9, 0.34867844010000004],
  [100, 200, 0.3, 0.10884306564490986],
  [5000, 60, 0.99, 0.893866839323826],
  [1, 1e5, 1e-5, 0.6321223982334279],
  [200_000, 300_000, 0.4, 0.5000767765008354],
])('beta(%d, %d) up to %d is what scipy.special.betainc 1.17.1 gives, %d', (a, b, x, expected) => {
  expect(Math.abs(betaCdf(x, a, b) / expected - 1)).toBeLessThan(1e-9)
})

test('nothing lies below 0 and everything below 1', () => {
  expect(betaCdf(0, 3, 4)).toBe(0)
  expect(betaCdf(-1, 3, 4)).toBe(0)
  expect(betaCdf(1, 3, 4)).toBe(1)
})
