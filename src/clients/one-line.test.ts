import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oneLine } from './one-line.ts'

test('line breaks, escape sequences and directional marks become single spaces', () => {
  expect(oneLine(' a\r\n\tb\u0000\u001B[31m c\u2028d\u202Ee ')).toBe('a b [31m c d e')
  expect(oneLine('')).toBe('')
})

test('long text is cut to the limit and ends in an ellipsis', () => {
  expect(oneLine('abcdef', 4)).toBe('abc…')
  expect(oneLine('abcd', 4)).toBe('abcd')
})

test('any text becomes well-formed, at most 300 units long, without control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), (text) => {
      const line = oneLine(text)
      expect(line.length).toBeLessThanOrEqual(300)
      expect(line.isWellFormed()).toBe(true)
      expect(/\p{Cc}/u.test(line)).toBe(false)
    }),
  )
})
