import { expect, test } from 'vitest'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { loadTokenizer } from '../../tokens/load-tokenizer.ts'
import { createSalt } from './salt.ts'

const tokenizer = await loadTokenizer('builtin')
const salt = createSalt(tokenizer, createRandomStream(1), true)

test('four words of one token each tell all 32-bit ids apart with the builtin vocabulary', () => {
  expect(salt.words).toBe(4)
  for (let id = 0; id < 200; id++) {
    for (let words = 1; words <= 4; words++) expect(tokenizer.count(salt.of(id, words))).toBe(words)
  }
})

test('no two of 256 consecutive ids share the first word, no two of 65,536 the first two', () => {
  const distinct = (from: number, count: number, words: number) =>
    new Set(Array.from({ length: count }, (_, i) => salt.of(from + i, words))).size
  expect(distinct(1000, 256, 1)).toBe(256)
  expect(distinct(77, 65_536, 2)).toBe(65_536)
  expect(distinct(2 ** 32 - 50_000, 50_000, 4)).toBe(50_000)
})

test('the salt depends on the seed', () => {
  const other = createSalt(tokenizer, createRandomStream(2), true)
  const same = createSalt(tokenizer, createRandomStream(1), true)
  expect(other.of(5, 4)).not.toBe(salt.of(5, 4))
  expect(same.of(5, 4)).toBe(salt.of(5, 4))
})

test('a tiny vocabulary gets longer salts that are distinct as well', async () => {
  const tiny = createSalt(await loadTokenizer('test/fixtures/tokenizer'), createRandomStream(1), true)
  const salts = Array.from({ length: 10_000 }, (_, id) => tiny.of(id, tiny.words))
  expect(new Set(salts).size).toBe(10_000)
})
