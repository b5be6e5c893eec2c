import { expect, test } from 'vitest'
import { perSecond } from './per-second.ts'

test('is an amount over seconds', () => {
  expect(perSecond(3, 1.5e9)).toBe(2)
  expect(perSecond(0, 1e9)).toBe(0)
})

test.each([0, null, Number.POSITIVE_INFINITY, Number.NaN])('is no rate over %s', (durationNs) => {
  expect(perSecond(1, durationNs)).toBeNull()
})
