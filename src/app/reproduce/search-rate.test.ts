import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchRate } from './search-rate.ts'

test('a threshold anywhere in reach is found to the precision, from below', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.003, max: 2000, noNaN: true }), (limit) => {
      const found = searchRate((rate) => rate <= limit, 2, 0.03)!
      expect(found).toBeLessThanOrEqual(limit)
      expect(found).toBeGreaterThanOrEqual(limit / 1.03)
    }),
  )
})

test('what no rate can keep has no capacity', () => {
  expect(searchRate(() => false, 2, 0.03)).toBeNull()
})

test('what every rate keeps ends the search at about a thousand times its start', () => {
  expect(searchRate(() => true, 2, 0.03)).toBeGreaterThanOrEqual(2000)
})

test('a rate is asked for a few times only', () => {
  let asked = 0
  const passes = (rate: number) => {
    asked++
    return rate <= 7.3
  }
  searchRate(passes, 2, 0.03)
  expect(asked).toBeLessThanOrEqual(9)
})
