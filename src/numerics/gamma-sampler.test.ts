import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import { createGammaSampler } from './gamma-sampler.ts'
import { mean } from './mean.ts'
import { variance } from './variance.ts'

const COUNT = 200_000
// Quantiles of the gamma distribution of mean 1, by coefficient of variation: [quantile, p].
const SCIPY: Record<string, readonly (readonly [number, number])[]> = {
  0.5: [
    [0.43619239070622784, 0.1],
    [0.6338300529750233, 0.25],
    [0.9180151872127242, 0.5],
    [1.2773568712808452, 0.75],
    [1.6701957670639662, 0.9],
    [2.511279378707904, 0.99],
  ],
  2: [
    [0.0002700024954253589, 0.1],
    [0.010568708416373591, 0.25],
    [0.1746952094114936, 0.5],
    [1.0425040079129306, 0.75],
    [3.0015714889473464, 0.9],
    [9.735541688788125, 0.99],
  ],
  4: [
    [9.443013137692462e-16, 0.1],
    [2.1986228271652396e-9, 0.25],
    [0.00014409016686749854, 0.5],
    [0.09517412662546627, 0.75],
    [1.9571610942621176, 0.9],
    [19.820563106233493, 0.99],
  ],
}

for (const [key, table] of Object.entries(SCIPY)) {
  const cv = Number(key)
  const shape = 1 / cv ** 2
  const sample = createGammaSampler(createRandomStream(1), shape, 1 / shape)
  const values = Float64Array.from({ length: COUNT }, () => sample())

  test(`200,000 draws at shape ${shape} meet scipy.stats.gamma.ppf 1.17.1 within four standard errors`, () => {
    for (const [x, p] of table) {
      const share = values.filter((value) => value <= x).length / COUNT
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / COUNT))
    }
  })

  test(`draws at shape ${shape} have mean 1 within four standard errors and cv ${cv} within 3 %`, () => {
    expect(Math.abs(mean(values)! - 1)).toBeLessThan((4 * cv) / Math.sqrt(COUNT))
    expect(Math.abs(Math.sqrt(variance(values)!) / cv - 1)).toBeLessThan(0.03)
  })
}
