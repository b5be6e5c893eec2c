import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import { createLognormalSampler } from './lognormal-sampler.ts'
import { mean } from './mean.ts'

const COUNT = 200_000
const sample = createLognormalSampler(createRandomStream(1), Math.log(500), 0.8)
const values = Float64Array.from({ length: COUNT }, () => sample())

test('200,000 draws of median 500, sigma 0.8 meet scipy.stats.lognorm.ppf 1.17.1 within four standard errors', () => {
  const scipy = [
    [77.75242958008087, 0.01],
    [179.35495766269378, 0.1],
    [291.4930893383159, 0.25],
    [500, 0.5],
    [857.6532657000397, 0.75],
    [1393.8839676245009, 0.9],
    [3215.3336088683027, 0.99],
  ] as const
  for (const [x, p] of scipy) {
    const share = values.filter((value) => value <= x).length / COUNT
    expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / COUNT))
  }
})

test('the mean is that of scipy.stats.lognorm.mean 1.17.1 within four standard errors', () => {
  expect(Math.abs(mean(values)! - 688.5638821679786)).toBeLessThan((4 * 651.9506971896593) / Math.sqrt(COUNT))
})

test('sigma 0 gives the median every time', () => {
  const constant = createLognormalSampler(createRandomStream(1), Math.log(8), 0)
  expect(constant()).toBeCloseTo(8, 12)
  expect(constant()).toBeCloseTo(8, 12)
})
