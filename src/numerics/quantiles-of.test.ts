import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import { quantileSorted } from './quantile-sorted.ts'
import { quantilesOf } from './quantiles-of.ts'

const values = fc.oneof(
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })),
  fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 300 }),
)
const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 })

test('quantiles, extremes and count equal those of the sorted values', () => {
  fc.assert(
    fc.property(values, ps, (list, asked) => {
      const sorted = Float64Array.from(list).sort()
      const summary = quantilesOf(Float64Array.from(list), asked)
      expect(summary.quantiles).toEqual(asked.map((p) => quantileSorted(sorted, p)))
      expect(summary.count).toBe(list.length)
      expect(summary.min ?? undefined).toEqual(sorted[0])
      expect(summary.max ?? undefined).toEqual(sorted.at(-1))
    }),
  )
})

const LARGE = 200_000
const shapes: Record<string, (i: number, u: number) => number> = {
  'shuffled values': (_, u) => -Math.log1p(-u),
  'rising values': (i) => i,
  'falling values': (i) => -i,
  'values that rise and fall': (i) => Math.min(i, LARGE - i),
  'many equal values': (_, u) => (u < 0.7 ? 0 : Math.round(u * 1e9)),
  'ten different values': (_, u) => Math.floor(u * 10),
  'one value': () => 3,
  'a period': (i) => i % 390,
}
for (const [name, shape] of Object.entries(shapes)) {
  test(`the quantiles of 200,000 of ${name} equal those of the sorted values`, () => {
    const random = createRandomStream(5)
    const list = Float64Array.from({ length: LARGE }, (_, i) => shape(i, random.uniform()))
    const sorted = list.slice().sort()
    const asked = [0.99, 0.5, 0, 0.9, 0.95, 0.999, 0.001, 1, 0.5]
    expect(quantilesOf(list, asked).quantiles).toEqual(asked.map((p) => quantileSorted(sorted, p)))
    expect(list.slice().sort()).toEqual(sorted)
  })
}

test('the mean of integer nanoseconds is exact', () => {
  expect(quantilesOf(Float64Array.of(9e15, 1, 1, 1), []).mean).toBe((9e15 + 3) / 4)
})

test('without values every answer is null', () => {
  const summary = quantilesOf(new Float64Array(0), [0.5, 0.9])
  expect(summary).toEqual({ count: 0, mean: null, min: null, max: null, quantiles: [null, null] })
})

test('a NaN among the values makes every answer NaN, as in numpy', () => {
  const nan = Number.NaN
  const summary = quantilesOf(Float64Array.of(1, nan, 3), [0.5])
  expect(summary).toEqual({ count: 3, mean: nan, min: nan, max: nan, quantiles: [nan] })
})

test('a p outside 0..1 is refused, with and without values', () => {
  expect(() => quantilesOf(Float64Array.of(1), [99])).toThrow(RangeError)
  expect(() => quantilesOf(new Float64Array(0), [-1])).toThrow(RangeError)
})
