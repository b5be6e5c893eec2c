import fc from 'fast-check'
import { expect, test } from 'vitest'
import { selectRanks } from './select-ranks.ts'

test('every asked rank holds its sorted value, with nothing greater before and nothing smaller behind', () => {
  const cases = fc
    .array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 })
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.uniqueArray(fc.nat({ max: list.length - 1 }), { maxLength: 6 })),
    )
  fc.assert(
    fc.property(cases, ([list, ranks]) => {
      const values = Float64Array.from(list)
      const sorted = values.slice().sort()
      selectRanks(values, Int32Array.from(ranks).sort())
      for (const rank of ranks) {
        expect(values[rank]).toBe(sorted[rank])
        expect(values.slice(0, rank).every((value) => value <= sorted[rank]!)).toBe(true)
        expect(values.slice(rank).every((value) => value >= sorted[rank]!)).toBe(true)
      }
      expect(values.sort()).toEqual(sorted)
    }),
  )
})
