import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import { createExponentialSampler } from './exponential-sampler.ts'
import { mean } from './mean.ts'
import { variance } from './variance.ts'

const COUNT = 200_000
const sample = createExponentialSampler(createRandomStream(1), 4)
const values = Float64Array.from({ length: COUNT }, () => sample())

test('200,000 draws at rate 4 meet scipy.stats.expon.cdf 1.17.1 within four standard errors', () => {
  const scipy = [
    [0.01, 0.03921056084767678],
    [0.05, 0.18126924692201815],
    [0.1, 0.3296799539643607],
    [0.25, 0.6321205588285577],
    [0.5, 0.8646647167633873],
    [1, 0.9816843611112658],
  ] as const
  for (const [x, p] of scipy) {
    const share = values.filter((value) => value <= x).length / COUNT
    expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / COUNT))
  }
})

test('mean and standard deviation are 1 / rate within 1 %', () => {
  expect(mean(values)! * 4).toBeCloseTo(1, 1.7)
  expect(Math.sqrt(variance(values)!) * 4).toBeCloseTo(1, 1.7)
  expect(values.every((value) => value >= 0)).toBe(true)
})
