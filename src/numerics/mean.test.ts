import { expect, test } from 'vitest'
import { mean } from './mean.ts'

test('the mean is that of numpy.mean 2.4.6', () => {
  expect(mean([944, 625, 684, 897, 578, 775, 833, 225, 55, 300, 285])).toBe(563.7272727272727)
  const reals = [0.060144, 1.340215, -0.492207, -0.620475, 0.489842, 0.356887, 0.105414, -0.930468, -0.029252]
  expect(mean(reals)).toBeCloseTo(0.03112222222222223, 16)
})

test('no values have no mean', () => {
  expect(mean([])).toBeNull()
  expect(mean([4])).toBe(4)
})
