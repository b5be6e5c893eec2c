import { expect, test } from 'vitest'
import { quantileSorted } from './quantile-sorted.ts'

const PS = [0, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]

test('quantiles of integers are, bit for bit, those of numpy.quantile 2.4.6', () => {
  const sorted = [944, 625, 684, 897, 578, 775, 833, 225, 55, 300, 285].sort((a, b) => a - b)
  const numpy = [
    55.0, 72.0, 225.0, 292.5, 392.6666666666666, 625.0, 804.0, 897.0, 920.5, 939.3000000000001, 943.53, 944.0,
  ]
  expect(PS.map((p) => quantileSorted(sorted, p))).toEqual(numpy)
})

test('quantiles of reals are, bit for bit, those of numpy.quantile 2.4.6', () => {
  const sorted = Float64Array.of(
    0.060144,
    1.340215,
    -0.492207,
    -0.620475,
    0.489842,
    0.356887,
    0.105414,
    -0.930468,
    -0.029252,
  ).sort()
  const numpy = [
    -0.930468, -0.90566856, -0.6824736, -0.492207, -0.1835703333333334, 0.060144, 0.356887,
    0.6599166000000001, 1.0000657999999998, 1.2721851599999998, 1.333412016, 1.340215,
  ]
  expect(PS.map((p) => quantileSorted(sorted, p))).toEqual(numpy)
})

test('no values have no quantile, and one value is every quantile', () => {
  expect(quantileSorted([], 0.5)).toBeNull()
  expect(PS.map((p) => quantileSorted([7], p))).toEqual(PS.map(() => 7))
})

test('infinite values give infinite quantiles and never NaN', () => {
  const sorted = [1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  expect(quantileSorted(sorted, 0.9)).toBe(Number.POSITIVE_INFINITY)
  expect(quantileSorted(sorted, 0.25)).toBe(Number.POSITIVE_INFINITY)
  expect(quantileSorted(sorted, 0)).toBe(1)
  expect(quantileSorted([Number.NEGATIVE_INFINITY, 1], 0.75)).toBe(Number.NEGATIVE_INFINITY)
})

test('a p outside 0..1 is refused', () => {
  for (const p of [-0.1, 1.1, 50, Number.NaN]) expect(() => quantileSorted([1, 2], p)).toThrow(RangeError)
})
