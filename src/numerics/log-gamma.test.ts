import { expect, test } from 'vitest'
import { logGamma } from './log-gamma.ts'

test.each([
  [0.0001, 9.210282658633961],
  [0.5, 0.5723649429247],
  [1, 0],
  [2, 0],
  [3.5, 1.2009736023470743],
  [9.99, 12.779315214350195],
  [42.5, 115.90007047041453],
  [10000, 82099.71749644238],
])('at %f it is what scipy.special.gammaln 1.17.1 gives, %f', (x, expected) => {
  expect(Math.abs(logGamma(x) - expected)).toBeLessThan(1e-14 * Math.max(1, Math.abs(expected)))
})
