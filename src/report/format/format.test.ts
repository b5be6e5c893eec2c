import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatBytes } from './format-bytes.ts'
import { formatCount, formatQuantity } from './format-count.ts'
import { formatDuration, formatElapsed, formatSetting } from './format-duration.ts'
import { formatFraction, formatIndex } from './format-fraction.ts'
import { formatMetric } from './format-metric.ts'
import { formatSignificant } from './format-significant.ts'
import { formatValue } from './format-value.ts'

test.each([
  [0, '0 ms'],
  [1, '1.00 ns'],
  [850, '850 ns'],
  [850e3, '850 µs'],
  [999.6e3, '1.00 ms'],
  [12.34e6, '12.3 ms'],
  [999.4e6, '999 ms'],
  [999.6e6, '1.00 s'],
  [1.2449e9, '1.24 s'],
  [123.4e9, '123 s'],
  [12345.6e9, '12\u202f346 s'],
  [-1.5e6, '−1.50 ms'],
])('a duration of %d ns reads %s', (ns, text) => {
  expect(formatDuration(ns)).toBe(text)
})

test.each([
  [25e6, '25 ms'],
  [100e6, '100 ms'],
  [0.5e9, '500 ms'],
  [12.5e6, '12.5 ms'],
  [1.2e9, '1.2 s'],
])('a chosen duration of %d ns has no zeros nobody wrote: %s', (ns, text) => {
  expect(formatSetting(ns)).toBe(text)
})

test.each([
  [0, '0:00'],
  [7.9e9, '0:07'],
  [754e9, '12:34'],
  [3723e9, '1:02:03'],
])('a clock of %d ns reads %s', (ns, text) => {
  expect(formatElapsed(ns)).toBe(text)
})

test.each([
  [0, '0 %'],
  [1, '100 %'],
  [0.931, '93.1 %'],
  [0.5, '50 %'],
  [0.0012, '0.12 %'],
  [0.9997, '99.97 %'],
  [0.999999, '>99.99 %'],
  [0.000001, '<0.01 %'],
])('a fraction of %d reads %s, and never reaches an end it did not reach', (fraction, text) => {
  expect(formatFraction(fraction)).toBe(text)
})

test('an index keeps three decimals and does not round to 1', () => {
  expect(formatIndex(0.8734)).toBe('0.873')
  expect(formatIndex(1)).toBe('1.000')
  expect(formatIndex(0.9998)).toBe('0.999+')
  expect(formatIndex(0)).toBe('0.000')
})

test('counts are grouped by a narrow space from 10 000 on', () => {
  expect(formatCount(9999)).toBe('9999')
  expect(formatCount(12345)).toBe('12\u202f345')
  expect(formatCount(-1234567)).toBe('−1\u202f234\u202f567')
  expect(formatQuantity(1, 'request')).toBe('1 request')
  expect(formatQuantity(0, 'request')).toBe('0 requests')
})

test('bytes are binary', () => {
  expect(formatBytes(512)).toBe('512 B')
  expect(formatBytes(34359738368)).toBe('32.0 GiB')
})

test('every unit has its words', () => {
  expect(formatValue(39.47, 'tokens/s')).toBe('39.5 tok/s')
  expect(formatValue(3.981, 'requests/s')).toBe('3.98 req/s')
  expect(formatValue(1234, 'tokens')).toBe('1234')
  expect(formatMetric(0.873, { id: 'fluidity-index', unit: 'fraction' })).toBe('0.873')
  expect(formatMetric(0.873, { id: 'error-rate', unit: 'fraction' })).toBe('87.3 %')
})

test('a missing number is an en dash in every format, never 0', () => {
  const formats = [formatDuration, formatSetting, formatElapsed, formatFraction, formatIndex, formatCount]
  for (const format of [...formats, formatSignificant, formatBytes]) {
    for (const missing of [null, Number.NaN, Number.POSITIVE_INFINITY]) expect(format(missing)).toBe('–')
  }
})

test('three significant digits read back as the number to within half a unit of the third', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-5, max: 1e9, noNaN: true }), (value) => {
      const text = formatSignificant(value).replaceAll('\u202f', '')
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(
        Math.max(value * 0.00501, value >= 999.5 ? 0.5 : 0),
      )
    }),
  )
})
