import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fluidityIndex } from '../../metrics/fluidity-index.ts'
import { walkDeadlines } from './walk-deadlines.ts'

const cumulate = (gaps: readonly number[]) =>
  gaps.map((_, i) => gaps.slice(0, i + 1).reduce((a, b) => a + b, 0))

test('a stream in time has one stretch and no stall', () => {
  const { stretches, stalls } = walkDeadlines([90, 110, 130], {
    ttftDeadlineNs: 100,
    tbtDeadlineNs: 25,
    ignoreFirst: false,
  })
  expect(stretches).toEqual([{ fromNs: 100, fromToken: 1, toNs: 150, toToken: 3 }])
  expect(stalls).toEqual([])
})

test('after a stall the deadlines start anew from the late token (worked by hand)', () => {
  const options = { ttftDeadlineNs: 100, tbtDeadlineNs: 25, ignoreFirst: false }
  const { stretches, stalls } = walkDeadlines([90, 200, 220], options)
  expect(stalls).toEqual([{ fromNs: 125, toNs: 200, token: 2, missed: 4 }])
  expect(stretches).toEqual([
    { fromNs: 100, fromToken: 1, toNs: 125, toToken: 2 },
    { fromNs: 225, fromToken: 3, toNs: 225, toToken: 3 },
  ])
})

test('no token, or only the ignored first one, gives nothing', () => {
  const options = { ttftDeadlineNs: 100, tbtDeadlineNs: 25, ignoreFirst: true }
  expect(walkDeadlines([], options)).toEqual({ stretches: [], stalls: [] })
  expect(walkDeadlines([90], options)).toEqual({ stretches: [], stalls: [] })
})

test('the missed deadlines of all stalls sum to those of the fluidity-index, and stretches cover every judged token', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 30 })
  const deadline = fc.integer({ min: 1, max: 60 })
  fc.assert(
    fc.property(
      gaps,
      deadline,
      deadline,
      fc.boolean(),
      (times, ttftDeadlineNs, tbtDeadlineNs, ignoreFirst) => {
        const options = { ttftDeadlineNs, tbtDeadlineNs, ignoreFirst }
        const { stretches, stalls } = walkDeadlines(cumulate(times), options)
        const { missed } = fluidityIndex(times, options)
        expect(stalls.reduce((sum, stall) => sum + stall.missed, 0)).toBe(missed)
        const covered = stretches.reduce((sum, stretch) => sum + stretch.toToken - stretch.fromToken + 1, 0)
        expect(covered).toBe(times.length - (ignoreFirst ? 1 : 0))
      },
    ),
  )
})
