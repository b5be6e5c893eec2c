import fc from 'fast-check'
import { expect, test } from 'vitest'
import vectors from '../../test/fixtures/reference/fluidity_vectors.json' with { type: 'json' }
import { fluidityIndex } from './fluidity-index.ts'
import { smallestTbtDeadline } from './smallest-tbt-deadline.ts'

const toNs = (seconds: number) => Math.round(seconds * 1e9)

/** The reference's largest deadline, in seconds: what it answers when none is long enough. */
const LARGEST_S = 1e10
const STEP_S = 1e-4

/** The reference's search: halve [0, 1e10 s], step over each probe by 0.1 ms, keep the last that held. */
function searchAsReference(holds: (deadlineS: number) => boolean): number {
  let low = 0
  let high = LARGEST_S
  let found = LARGEST_S
  while (high - low > STEP_S) {
    const middle = (low + high) / 2
    if (holds(middle)) {
      found = middle
      high = middle - STEP_S
    } else {
      low = middle + STEP_S
    }
  }
  return found
}

const cases = vectors.flatMap((vector) =>
  [false, true].map((ignoreFirst) => ({
    id: vector.id,
    ignoreFirst,
    timesNs: vector.inter_token_times_s.map(toNs),
    ttftDeadlineNs: toNs(vector.ttft_deadline_s),
    expected: ignoreFirst
      ? vector.min_tbt_deadline_s_at_10pct_ignoring_first
      : vector.min_tbt_deadline_s_at_10pct,
  })),
)

test.each(cases)(
  "agrees with the paper's own code on request $id, first token left out: $ignoreFirst",
  (each) => {
    const { timesNs, ttftDeadlineNs, ignoreFirst, expected } = each
    const found = smallestTbtDeadline(timesNs, { ttftDeadlineNs, ignoreFirst, maxMissFraction: 0.1 })
    if (expected === null || expected === LARGEST_S) {
      expect(found).toBe(expected === null ? null : Number.POSITIVE_INFINITY)
      return
    }
    // The reference's search on our miss rate gives the reference's answer to 1e-12 s.
    const missRate = (tbtDeadlineNs: number) => {
      const { index } = fluidityIndex(timesNs, { ttftDeadlineNs, tbtDeadlineNs, ignoreFirst })
      return 1 - index!
    }
    const inRange = (deadlineNs: number) => Math.min(1e15, Math.max(1, Math.floor(deadlineNs)))
    const holds = (deadlineS: number) => missRate(inRange(deadlineS * 1e9)) <= 0.1 + 1e-12
    expect(searchAsReference(holds)).toBeCloseTo(expected, 12)
    // Its answer is above the smallest deadline by what its search steps over: two steps of 1e10 / 2^46 s at most.
    const aboveNs = expected * 1e9 - found!
    expect(aboveNs).toBeGreaterThanOrEqual(-1)
    expect(aboveNs).toBeLessThan(2 * ((LARGEST_S * 1e9) / 2 ** 46))
  },
)

const times = fc.array(fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(0, 0, 40, 3_000)), {
  minLength: 1,
  maxLength: 50,
})
const fraction = fc.constantFrom(0, 0.01, 0.05, 0.1, 0.2, 0.5, 0.9)

test('is minimal: it holds, and one nanosecond less does not', () => {
  fc.assert(
    fc.property(
      times,
      fc.integer({ min: 1, max: 200 }),
      fraction,
      fc.boolean(),
      (timesNs, ttft, f, ignoreFirst) => {
        const options = { ttftDeadlineNs: ttft, ignoreFirst }
        const found = smallestTbtDeadline(timesNs, { ...options, maxMissFraction: f })
        const holds = (tbtDeadlineNs: number) => {
          const { missed, total } = fluidityIndex(timesNs, { ...options, tbtDeadlineNs })
          return total > 0 && missed / total <= f
        }
        if (found === null) expect(timesNs.length).toBeLessThan(ignoreFirst ? 2 : 1)
        else if (found === Number.POSITIVE_INFINITY) expect(holds(1e12)).toBe(false)
        else {
          expect(holds(found)).toBe(true)
          if (found > 1) expect(holds(found - 1)).toBe(false)
        }
      },
    ),
    { numRuns: 3_000 },
  )
})

test('without misses is the closed form: the largest mean gap from the first token to any other', () => {
  fc.assert(
    fc.property(times, (timesNs) => {
      let sinceFirstNs = 0
      let largestNs = 1
      for (let j = 1; j < timesNs.length; j++) {
        sinceFirstNs += timesNs[j]!
        largestNs = Math.max(largestNs, Math.ceil(sinceFirstNs / j))
      }
      const found = smallestTbtDeadline(timesNs, { ttftDeadlineNs: 1, ignoreFirst: true, maxMissFraction: 0 })
      expect(found).toBe(timesNs.length < 2 ? null : largestNs)
    }),
    { numRuns: 1_000 },
  )
})

test('cannot repair a first token that is late, counted, and too large a share', () => {
  const options = { ttftDeadlineNs: 10, maxMissFraction: 0.1 }
  expect(smallestTbtDeadline([11], options)).toBe(Number.POSITIVE_INFINITY)
  expect(smallestTbtDeadline([11, ...Array(8).fill(5)], options)).toBe(Number.POSITIVE_INFINITY)
  // One late among ten is a tenth; the deadline must still be so long that the first misses only one.
  expect(smallestTbtDeadline([11, ...Array(9).fill(5)], options)).toBe(5)
  expect(smallestTbtDeadline([110, ...Array(9).fill(5)], options)).toBe(101)
})

test('is 1 when no token needs a deadline, and null without a judged token', () => {
  const options = { ttftDeadlineNs: 100, maxMissFraction: 0.1 }
  expect(smallestTbtDeadline([5, 0, 0], options)).toBe(1)
  expect(smallestTbtDeadline([5, 40, 40], options)).toBe(1)
  expect(smallestTbtDeadline([5], options)).toBe(1)
  expect(smallestTbtDeadline([], options)).toBeNull()
  expect(smallestTbtDeadline([5], { ...options, ignoreFirst: true })).toBeNull()
})

test.each([-0.1, 1.1, Number.NaN])('refuses the miss fraction %s', (maxMissFraction) => {
  expect(() => smallestTbtDeadline([1], { ttftDeadlineNs: 1, maxMissFraction })).toThrow(
    /fraction from 0 to 1/,
  )
})
