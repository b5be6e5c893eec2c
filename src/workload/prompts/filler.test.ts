import { expect, test } from 'vitest'
import { loadTokenizer } from '../../tokens/load-tokenizer.ts'
import { findFiller } from './filler.ts'

test.each(['builtin', 'test/fixtures/tokenizer', 'test/fixtures/tokenizer/byte-fallback'])(
  'the filler of %s adds one token each time',
  async (spec) => {
    const tokenizer = await loadTokenizer(spec)
    const filler = findFiller(tokenizer)!
    const base = 'A map is useful because of what it leaves out'
    for (const times of [1, 3, 20]) {
      expect(tokenizer.count(base + filler.repeat(times))).toBe(tokenizer.count(base) + times)
    }
  },
)

test('a tokenizer that takes any text for one token has no filler', () => {
  const one = { name: 'one', encode: () => [0], decode: () => '', count: () => 1 }
  expect(findFiller(one)).toBeNull()
})
