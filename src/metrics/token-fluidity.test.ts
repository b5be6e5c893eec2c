import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fluidityIndex } from './fluidity-index.ts'
import { tokenFluidity } from './token-fluidity.ts'

test('charges a stall for one token, by hand', () => {
  // Deadline 10, slack 5 after the first; the stall of 100 passes nine deadlines but delays one token.
  const options = { ttftDeadlineNs: 10, tbtDeadlineNs: 10 }
  expect(tokenFluidity([5, 100, 10, 10], options)).toEqual({ share: 0.75, late: 1, tokens: 4 })
  expect(fluidityIndex([5, 100, 10, 10], options)).toEqual({ index: 3 / 12, missed: 9, total: 12 })
})

test('is never below the fluidity-index, and 1 exactly when that is 1', () => {
  const times = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 40 })
  const deadline = fc.integer({ min: 1, max: 60 })
  fc.assert(
    fc.property(times, deadline, deadline, (timesNs, ttftDeadlineNs, tbtDeadlineNs) => {
      const { index } = fluidityIndex(timesNs, { ttftDeadlineNs, tbtDeadlineNs })
      const { share } = tokenFluidity(timesNs, { ttftDeadlineNs, tbtDeadlineNs })
      expect(share).toBeGreaterThanOrEqual(index!)
      expect(share === 1).toBe(index === 1)
    }),
  )
})

test('has no share without a judged token', () => {
  const none = { share: null, late: 0, tokens: 0 }
  expect(tokenFluidity([], { ttftDeadlineNs: 1, tbtDeadlineNs: 1 })).toEqual(none)
  expect(tokenFluidity([9], { ttftDeadlineNs: 1, tbtDeadlineNs: 1, ignoreFirst: true })).toEqual(none)
})
