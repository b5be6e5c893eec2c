import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import { exponentialCdf } from './exponential-cdf.ts'
import { createExponentialSampler } from './exponential-sampler.ts'
import { gammaCdf } from './gamma-cdf.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'

const VALUES = [0.12, 0.3, 0.31, 0.7, 1.9, 2.2, 0.05, 0.9]
const exponential = (value: number): number => exponentialCdf(value, 1)
const draws = (seed: number, count: number): number[] => {
  const draw = createExponentialSampler(createRandomStream(seed), 1)
  return Array.from({ length: count }, draw)
}

test('eight values against the exponential give what scipy.stats.kstest 1.17.1 gives', () => {
  const { statistic, pValue, count } = kolmogorovSmirnov(VALUES, exponential)!
  expect(statistic).toBeCloseTo(0.2334469562242893, 14)
  expect(Math.abs(pValue - 0.6939029481721)).toBeLessThan(0.005)
  expect(count).toBe(8)
})

test('eight values against gamma of shape 4 give what scipy.stats.kstest 1.17.1 gives', () => {
  const { statistic, pValue } = kolmogorovSmirnov(VALUES, (value) => gammaCdf(value, 4, 0.25))!
  expect(statistic).toBeCloseTo(0.46265705079231967, 13)
  expect(Math.abs(pValue - 0.043509329976858524)).toBeLessThan(0.003)
})

test('the order of the values does not matter and they are left as they are', () => {
  const values = [...VALUES]
  const sorted = kolmogorovSmirnov(VALUES.toSorted(), exponential)
  expect(kolmogorovSmirnov(values, exponential)).toEqual(sorted)
  expect(values).toEqual(VALUES)
})

test('samples of the right distribution are rejected at 5 % about 5 times in 100', () => {
  const rejected = Array.from({ length: 1000 }, (_, seed) => draws(seed, 100)).filter(
    (values) => kolmogorovSmirnov(values, exponential)!.pValue < 0.05,
  ).length
  // Four standard errors of a share of 5 % of 1,000.
  expect(Math.abs(rejected - 50)).toBeLessThan(28)
})

test('with a resolution it only matters how many values lie below it, not where', () => {
  const values = draws(1, 2000)
  const blurred = values.map((value) => (value < 0.2 ? 0 : value))
  expect(kolmogorovSmirnov(blurred, exponential)!.pValue).toBeLessThan(1e-6)
  const atLeast = kolmogorovSmirnov(blurred, exponential, 0.2)!
  expect(atLeast).toEqual(kolmogorovSmirnov(values, exponential, 0.2))
  expect(atLeast.statistic).toBeLessThanOrEqual(kolmogorovSmirnov(values, exponential)!.statistic)
  const clumped = values.map((value, i) => (i % 2 === 0 ? 0 : value))
  expect(kolmogorovSmirnov(clumped, exponential, 0.2)!.pValue).toBeLessThan(1e-6)
})

test('all values below the resolution are compared with the share that should be', () => {
  expect(kolmogorovSmirnov([0, 0, 0], exponential, Math.LN2)!.statistic).toBeCloseTo(0.5, 12)
})

test('no values and values that are no numbers have no result', () => {
  expect(kolmogorovSmirnov([], exponential)).toBeUndefined()
  expect(kolmogorovSmirnov([1, Number.NaN], exponential)).toBeUndefined()
})
