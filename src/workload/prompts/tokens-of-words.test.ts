import { expect, test } from 'vitest'
import { loadTokenizer } from '../../tokens/load-tokenizer.ts'
import { tokensOfWords } from './tokens-of-words.ts'

const WORDS = ['The', 'ferry', 'leaves', 'the', 'small', 'harbor.']

test.each(['builtin', 'test/fixtures/tokenizer'])(
  'words by %s count as each does after a space',
  async (spec) => {
    const tokenizer = await loadTokenizer(spec)
    const alone = WORDS.map((word) => tokenizer.count(` ${word}`))
    expect([...tokensOfWords(WORDS, tokenizer)]).toEqual(alone)
  },
)

test('no words, no counts; one word stands before itself', async () => {
  const tokenizer = await loadTokenizer('builtin')
  expect([...tokensOfWords([], tokenizer)]).toEqual([])
  expect([...tokensOfWords(['ferry'], tokenizer)]).toEqual([tokenizer.count(' ferry')])
})
