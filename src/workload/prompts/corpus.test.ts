import { expect, test } from 'vitest'
import { CORPUS } from './corpus.ts'

test('the corpus is plain ASCII with one space between words, and holds whole sentences', () => {
  expect(CORPUS).toMatch(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/)
  expect(CORPUS).toMatch(/^[A-Z].*\.$/)
})

test('the corpus is long and varied enough that prompts differ', () => {
  const words = CORPUS.split(' ')
  expect(words.length).toBeGreaterThan(2500)
  expect(words.length).toBeLessThan(4000)
  expect(new Set(words.map((word) => word.toLowerCase())).size).toBeGreaterThan(1000)
})
