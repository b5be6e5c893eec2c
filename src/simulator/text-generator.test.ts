import { expect, test } from 'vitest'
import { loadBuiltinTokenizer } from '../tokens/builtin-tokenizer.ts'
import { ANSWER_WORDS } from './answer-words.ts'
import { tokenText } from './text-generator.ts'

test('every word is one token of the built-in tokenizer when a space stands before it', async () => {
  const { count } = await loadBuiltinTokenizer()
  expect(ANSWER_WORDS.filter((word) => count(` ${word}`) !== 1)).toEqual([])
  expect(ANSWER_WORDS.filter((word) => !/^[a-z]+$/.test(word))).toEqual([])
  expect(new Set(ANSWER_WORDS).size).toBe(ANSWER_WORDS.length)
})

test('tokenising whole answers gives back their number of tokens', async () => {
  const { count } = await loadBuiltinTokenizer()
  for (const [seed, tokens] of [
    [1, 1],
    [2, 2],
    [3, 500],
    [4_000_000_000, 2000],
  ] as const) {
    expect(count(Array.from({ length: tokens }, (_, index) => tokenText(seed, index)).join(''))).toBe(tokens)
  }
})

test('texts are a function of the seed, and use most of the words', () => {
  const answer = (seed: number) => Array.from({ length: 2000 }, (_, index) => tokenText(seed, index))
  expect(answer(5)).toEqual(answer(5))
  expect(answer(5)).not.toEqual(answer(6))
  expect(new Set(answer(5)).size).toBeGreaterThan(0.9 * ANSWER_WORDS.length)
})
