import { expect, test } from 'vitest'
import { variance } from './variance.ts'

test('the variance is that of numpy.var 2.4.6 with ddof=1', () => {
  const integers = [944, 625, 684, 897, 578, 775, 833, 225, 55, 300, 285]
  expect(variance(integers)).toBeCloseTo(91202.61818181818, 9)
  const reals = [0.060144, 1.340215, -0.492207, -0.620475, 0.489842, 0.356887, 0.105414, -0.930468, -0.029252]
  expect(variance(reals)).toBeCloseTo(0.4579231468309444, 15)
})

test('a large common offset does not spoil the variance', () => {
  expect(variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(30)
})

test('fewer than two values have no variance', () => {
  expect(variance([])).toBeNull()
  expect(variance([5])).toBeNull()
  expect(variance([5, 5])).toBe(0)
})
