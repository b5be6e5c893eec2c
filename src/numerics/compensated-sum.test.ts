import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compensatedSum } from './compensated-sum.ts'

test("Neumaier's own example, where Kahan's method gives 0, sums to 2", () => {
  expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2)
})

test('ten tenths are exactly one', () => {
  expect(compensatedSum(new Array(10).fill(0.1))).toBe(1)
})

test('integers of up to 2 ** 70 in sum agree with BigInt to the last bit', () => {
  const integers = fc.array(fc.maxSafeInteger(), { maxLength: 100 })
  fc.assert(
    fc.property(integers, (list) => {
      const exact = list.reduce((sum, each) => sum + BigInt(each), 0n)
      expect(compensatedSum(list) + 0).toBe(Number(exact))
    }),
  )
})

test('the sum of nothing is 0, and infinities add up as usual', () => {
  expect(compensatedSum([])).toBe(0)
  expect(compensatedSum([1, Number.POSITIVE_INFINITY, 2])).toBe(Number.POSITIVE_INFINITY)
  expect(compensatedSum([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBeNaN()
})
