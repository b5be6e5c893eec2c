import { expect, test } from 'vitest'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { mean } from '../../numerics/mean.ts'
import { variance } from '../../numerics/variance.ts'
import { poissonArrivals } from './poisson-arrivals.ts'

function dueTimes(ratePerSec: number, seed: number, count: number): number[] {
  const times: number[] = []
  for (const due of poissonArrivals.dueTimesNs!({ ratePerSec }, createRandomStream(seed))) {
    times.push(due)
    if (times.length === count) break
  }
  return times
}

test('5,000 gaps, the first included, pass a Kolmogorov-Smirnov test against the exponential at 1 %', () => {
  // scipy 1.17.1: kstwo.ppf(0.99, 5000) = 0.02298.
  for (const seed of [1, 2, 3]) {
    const times = dueTimes(20, seed, 5000)
    const gaps = times.map((due, i) => due - (times[i - 1] ?? 0)).sort((a, b) => a - b)
    let distance = 0
    for (const [i, gap] of gaps.entries()) {
      const p = -Math.expm1((-20 * gap) / 1e9)
      distance = Math.max(distance, p - i / gaps.length, (i + 1) / gaps.length - p)
    }
    expect(distance).toBeLessThan(0.02298)
  }
})

test('gaps are not truncated: among 100,000 the longest exceeds 9 means', () => {
  const times = dueTimes(1, 1, 100_000)
  const longest = times.reduce((most, due, i) => Math.max(most, due - (times[i - 1] ?? 0)), 0)
  expect(longest).toBeGreaterThan(9e9)
})

test('the number of requests in a minute is not fixed: over 400 seeds it has mean and variance 120', () => {
  const counts = Array.from(
    { length: 400 },
    (_, seed) => dueTimes(2, seed, 300).filter((due) => due < 60e9).length,
  )
  // Four standard errors: of the mean sqrt(120 / 400), of the variance 120 * sqrt(2 / 400).
  expect(Math.abs(mean(counts)! - 120)).toBeLessThan(4 * Math.sqrt(120 / 400))
  expect(Math.abs(variance(counts)! - 120)).toBeLessThan(4 * 120 * Math.sqrt(2 / 400))
})
