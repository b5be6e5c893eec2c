import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDurationNs } from './parse-duration.ts'
import { parseRatePerSec } from './units.ts'

test.each([
  ['300ms', 300e6],
  ['2m', 120e9],
  ['1.5s', 1.5e9],
  ['1m30s', 90e9],
  ['250us', 250e3],
  ['250µs', 250e3],
  ['1h', 3600e9],
  ['0', 0],
  ['2 min', 120e9],
])('reads the duration %s', (text, expected) => {
  expect(parseDurationNs(text)).toBe(expected)
})

test.each(['', '5', 'ms', '-3s', '3 parsecs', '1s!', 's5', '1..5s'])('refuses %j as a duration', (text) => {
  expect(parseDurationNs(text)).toBeUndefined()
})

test('a whole number of milliseconds is exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (ms) => {
      expect(parseDurationNs(`${ms}ms`)).toBe(ms * 1e6)
    }),
  )
})

test.each([
  ['4/s', 4],
  ['90/min', 1.5],
  ['0.5', 0.5],
  ['3600/h', 1],
  ['1e3/s', 1000],
])('reads the rate %s', (text, expected) => {
  expect(parseRatePerSec(text)).toBeCloseTo(expected, 12)
})

test.each(['', '/s', '4/day', '4 per s', '-1/s'])('refuses %j as a rate', (text) => {
  expect(parseRatePerSec(text)).toBeUndefined()
})
