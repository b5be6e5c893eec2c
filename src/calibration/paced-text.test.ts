import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PACED_FIELDS, PACED_TEXT, readPacedText, writeDigits } from './paced-text.ts'

test('digits are those of String(value) with zeros in front', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 17 }), (value, digits) => {
      const bytes = new Uint8Array(digits + 2).fill(46)
      writeDigits(bytes, 1, digits, value)
      const expected =
        String(value).length > digits ? '9'.repeat(digits) : String(value).padStart(digits, '0')
      expect(Buffer.from(bytes).toString()).toBe(`.${expected}.`)
    }),
  )
})

test('numbers written into the text are read back', () => {
  const written = { sentNs: 123_456_789_012_345, sequence: 4711, lateNs: 61_234, wroteNs: 0 }
  const bytes = Buffer.from(`${PACED_TEXT} token`)
  for (const [name, { at, digits }] of Object.entries(PACED_FIELDS))
    writeDigits(bytes, at, digits, written[name as keyof typeof written])
  expect(readPacedText(bytes.toString())).toEqual(written)
})

test('other text is no paced text', () => {
  expect(readPacedText('')).toBeNull()
  expect(readPacedText('x'.repeat(60))).toBeNull()
  expect(readPacedText(PACED_TEXT.slice(1))).toBeNull()
})
