import { expect, test } from 'vitest'
import { syllableVocabulary, WORDS } from './syllable-vocabulary.ts'
import { randomLlamaGguf } from './write-gguf.ts'

test('writes a GGUF version 3 head: magic, version, 39 tensors (3 + 9 for each of 4 layers)', () => {
  const file = randomLlamaGguf()
  expect(file.toString('latin1', 0, 4)).toBe('GGUF')
  expect(file.readUInt32LE(4)).toBe(3)
  expect(file.readBigUInt64LE(8)).toBe(39n)
})

test('writes the same bytes for the same seed and other bytes for another', () => {
  const first = randomLlamaGguf(undefined, 7)
  expect(first.equals(randomLlamaGguf(undefined, 7))).toBe(true)
  expect(first.equals(randomLlamaGguf(undefined, 8))).toBe(false)
})

test('the vocabulary has 4,096 tokens, all different, of which the 3,025 words are spoken', () => {
  const vocabulary = syllableVocabulary()
  expect(new Set(vocabulary.map((token) => token.text)).size).toBe(4_096)
  expect(vocabulary.filter((token) => token.spoken)).toHaveLength(WORDS.length)
})
