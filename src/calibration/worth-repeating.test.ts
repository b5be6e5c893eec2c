import { expect, test } from 'vitest'
import { pointAt } from '../../test/calibration/samples.ts'
import { worthRepeating } from './worth-repeating.ts'

test('a point is measured again when it is the first to break one of the bounds', () => {
  const good = pointAt(1000, 0.2e6)
  const above1 = pointAt(10_000, 2e6)
  expect(worthRepeating(good, [])).toBe(false)
  expect(worthRepeating(above1, [good])).toBe(true)
  expect(worthRepeating(pointAt(20_000, 3e6), [good, above1])).toBe(false)
  expect(worthRepeating(pointAt(20_000, 7e6), [good, above1])).toBe(true)
  expect(worthRepeating(pointAt(20_000, 3e6, 2), [good, above1])).toBe(true)
})
