import { expect, test } from 'vitest'
import { exponentialCdf } from './exponential-cdf.ts'
import { gammaCdf } from './gamma-cdf.ts'

// [shape, value, chance]: scipy.special.gammainc.
const SCIPY: readonly (readonly [number, number, number])[] = [
  [0.0001, 1.2626998094033466e-44, 0.9900000000000011],
  [0.0001, 9.19917692950861, 0.999999999],
  [0.01, 5.660738147061307e-201, 0.009999999999999992],
  [0.01, 4.465535018910562e-31, 0.5000000000000002],
  [0.01, 13.481814871596061, 0.999999999],
  [0.25, 6.749697893111761e-49, 1.0000000000000008e-12],
  [0.25, 0.0436738023528734, 0.5000000000000001],
  [0.25, 2.433885422197031, 0.99],
  [2.5, 2.5623217484152705e-5, 1.000000000000001e-12],
  [2.5, 2.175730095547763, 0.5000000000000001],
  [2.5, 25.346096880759596, 0.999999999],
  [10, 9.668714614714128, 0.4999999999999999],
  [100, 44.8860220300176, 9.999999999999628e-13],
  [100, 124.7225614907208, 0.99],
  [10000, 9312.628969854226, 9.99999999999961e-13],
  [10000, 9999.666668642047, 0.49999999999999717],
  [10000, 10611.486364888995, 0.999999999],
]

test.each(SCIPY)('shape %f at %d: scipy.special.gammainc 1.17.1, to 10 digits', (shape, value, chance) => {
  expect(gammaCdf(value, shape, 1) / chance).toBeCloseTo(1, 10)
  expect(gammaCdf(7 * value, shape, 7) / chance).toBeCloseTo(1, 10)
})

test('shape 1 is the exponential distribution', () => {
  for (const value of [1e-9, 0.3, 1, 1.999, 2.001, 30])
    expect(gammaCdf(value, 1, 0.5) / exponentialCdf(value, 2)).toBeCloseTo(1, 13)
})

test('nothing lies below 0 and everything below infinity', () => {
  expect(gammaCdf(-1, 2, 1)).toBe(0)
  expect(gammaCdf(0, 2, 1)).toBe(0)
  expect(gammaCdf(Number.POSITIVE_INFINITY, 2, 1)).toBe(1)
  expect(gammaCdf(1e300, 2, 1)).toBe(1)
})
