import fc from 'fast-check'
import { expect, test } from 'vitest'
import service from '../../test/fixtures/reference/service_vectors.json' with { type: 'json' }
import { quantileSorted } from '../numerics/quantile-sorted.ts'
import { fluidTokenRate } from './fluid-token-rate.ts'
import { smallestTbtDeadline } from './smallest-tbt-deadline.ts'

const paper = { minFluidity: 0.9, requestFraction: 0.99 }
const requests = service.requests_inter_token_times_s.map((seconds) =>
  seconds.map((s) => Math.round(s * 1e9)),
)

test("is just above the rate of the paper's own code, whose deadlines are up to 0.285 ms too long", () => {
  const rate = fluidTokenRate(requests, paper)!
  const aboveS = 1 / service.fluid_token_generation_rate - 1 / rate
  expect(aboveS).toBeGreaterThan(0)
  expect(aboveS).toBeLessThan(0.285e-3)
})

test('equals one over the numpy quantile of exact deadlines (computed apart with rational arithmetic)', () => {
  expect(fluidTokenRate(requests, paper)).toBeCloseTo(1.547403367057932, 12)
})

test('is found without searching every request, and equals the plain way', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(gaps, { minLength: 1_100, maxLength: 1_500, size: 'max' }),
      fc.constantFrom(0.5, 0.9, 0.99, 1),
      fc.constantFrom(0, 3, 20),
      (all, requestFraction, failed) => {
        const deadlines = all.map(
          (times) =>
            smallestTbtDeadline(times, {
              ttftDeadlineNs: 1,
              ignoreFirst: true,
              maxMissFraction: 0.1,
            }) as number,
        )
        const sorted = [...deadlines, ...Array(failed).fill(Number.POSITIVE_INFINITY)].sort((a, b) => a - b)
        let expected = quantileSorted(sorted, requestFraction)!
        if (expected === Number.POSITIVE_INFINITY) {
          expected = sorted[Math.ceil(requestFraction * sorted.length - 1e-9) - 1]!
        }
        const rate = fluidTokenRate([...all, ...Array(failed).fill(null)], {
          minFluidity: 0.9,
          requestFraction,
        })
        if (expected === Number.POSITIVE_INFINITY) expect(rate).toBeNull()
        else expect(rate).toBe(1e9 / expected)
      },
    ),
    { numRuns: 15 },
  )
})

test('finds the quantile also when the sampled requests are all slower than the others', () => {
  // 2,048 requests are sampled every 8th; those are slow, so that the guess is far above the median.
  const all = Array.from({ length: 2_048 }, (_, i) => [0, i % 8 === 0 ? 1_000_000 : 1_000 + i])
  const sorted = all.map((times) => times[1]!).sort((a, b) => a - b)
  const rate = fluidTokenRate(all, { minFluidity: 1, requestFraction: 0.5 })
  expect(rate).toBe(1e9 / quantileSorted(sorted, 0.5)!)
})

test('tolerates exactly the share of failed requests that the fraction leaves, and no more', () => {
  const answered = Array.from({ length: 99 }, () => [0, 20e6, 20e6])
  expect(fluidTokenRate([...answered, null], paper)).toBe(50)
  expect(fluidTokenRate([...answered.slice(1), null, null], paper)).toBeNull()
  expect(fluidTokenRate([null], paper)).toBeNull()
})

test('a miss in ten leaves a fluidity of 0.9, although 1 - 0.9 is less than 0.1 in floating point', () => {
  // Nine tokens at 10, one at 11 without slack before it: one deadline in ten missed at 10.
  const times = [0, 11, ...Array(9).fill(10)]
  expect(fluidTokenRate([times], { minFluidity: 0.9, requestFraction: 1 })).toBe(1e9 / 10)
})

test('judges the first token only when asked, and then needs its deadline', () => {
  const late = [1e9, 20e6, 20e6]
  expect(fluidTokenRate([late], paper)).toBe(50)
  expect(fluidTokenRate([late], { ...paper, includeFirst: true, ttftDeadlineNs: 300e6 })).toBeNull()
  expect(fluidTokenRate([late], { ...paper, includeFirst: true, ttftDeadlineNs: 1e9 })).toBe(50)
  expect(() => fluidTokenRate([late], { ...paper, includeFirst: true })).toThrow(/ttftDeadlineNs must be/)
})

test('is null without anything to judge', () => {
  expect(fluidTokenRate([], paper)).toBeNull()
  expect(fluidTokenRate([[], [5]], paper)).toBeNull()
})
