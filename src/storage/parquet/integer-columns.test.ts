import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromInt64Column, toInt32Column, toInt64Column } from './integer-columns.ts'

test('64-bit integers have the very value that BigInt gives, negative ones too, and come back equal', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger()), (values) => {
      const column = toInt64Column(Float64Array.from(values))
      expect(Array.from(column)).toEqual(values.map(BigInt))
      expect(Array.from(fromInt64Column(column))).toEqual(values)
    }),
  )
})

test('values at the limits are kept and those beyond are refused', () => {
  const limits = [Number.MIN_SAFE_INTEGER, -(2 ** 32), -1, 0, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]
  expect(Array.from(toInt64Column(Float64Array.from(limits)), Number)).toEqual(limits)
  for (const value of [2 ** 53, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => toInt64Column(Float64Array.of(value))).toThrow(RangeError)
  }
  expect(Array.from(toInt32Column(Float64Array.of(-(2 ** 31), 2 ** 31 - 1)))).toEqual([
    -(2 ** 31),
    2 ** 31 - 1,
  ])
  for (const value of [2 ** 31, 0.5, Number.NaN]) {
    expect(() => toInt32Column(Float64Array.of(value))).toThrow(RangeError)
  }
})
