import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wrapText } from './wrap-text.ts'

test('a line never breaks between a number and its unit', () => {
  expect(wrapText('the slowest answer took 12.3 ms', 28)).toEqual(['the slowest answer took', '12.3 ms'])
  expect(wrapText('and it was late by 99 % of all', 21)).toEqual(['and it was late by', '99 % of all'])
})

test('empty text gives no line, and a word longer than the line is cut', () => {
  expect(wrapText('', 40)).toEqual([])
  expect(wrapText('x'.repeat(45), 20)).toEqual(['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(5)])
})

test('no line is too long, and no word is lost', () => {
  const words = fc.array(
    fc.string({ minLength: 1, maxLength: 30 }).map((word) => word.replaceAll(/\s/g, '_')),
  )
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 60 }), (all, width) => {
      const lines = wrapText(all.join(' '), width)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
      expect(lines.join('').replaceAll(' ', '')).toBe(all.join(''))
    }),
  )
})
