import { expect, test } from 'vitest'
import { clopperPearson } from './clopper-pearson.ts'

test.each([
  [0, 10, 0.95, 0, 0.30849710781876294],
  [10, 10, 0.95, 0.6915028921812371, 1],
  [1, 10, 0.95, 0.0025285785444625728, 0.44501611702819543],
  [9, 64, 0.95, 0.06637407166842633, 0.250236835624012],
  [4, 64, 0.99, 0.010699605227910832, 0.18396205577149688],
  [990, 1000, 0.95, 0.9816867569448875, 0.9951944893089419],
  [50, 100, 0.9, 0.4136217146309117, 0.5863782853690883],
  [3, 100_000, 0.95, 6.186763915927223e-6, 8.767020256784099e-5],
  [1, 1, 0.95, 0.025000000000000022, 1],
])('%i of %i at %d: scipy.stats.binomtest 1.17.1, exact', (successes, trials, confidence, low, high) => {
  const interval = clopperPearson(successes, trials, confidence)!
  expect(Math.abs(interval.low - low)).toBeLessThanOrEqual(1e-8 * low)
  expect(Math.abs(interval.high - high)).toBeLessThanOrEqual(1e-8 * high)
})

test('without a success the upper end is that of the rule of three, closely', () => {
  // One-sided 95 %: 1 - 0.05^(1/n), about 3/n.
  const { high } = clopperPearson(0, 1000, 0.9)!
  expect(high).toBeCloseTo(1 - 0.05 ** (1 / 1000), 12)
})

test('no trial gives no interval', () => {
  expect(clopperPearson(0, 0)).toBe(null)
})
