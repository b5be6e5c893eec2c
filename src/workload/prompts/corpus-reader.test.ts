import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadTokenizer } from '../../tokens/load-tokenizer.ts'
import { CORPUS } from './corpus.ts'
import { createCorpusReader } from './corpus-reader.ts'

const tokenizer = await loadTokenizer('builtin')
const reader = createCorpusReader(tokenizer)

test('a piece has the tokens it claims, at most those asked, and one word more would be too many', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.nat(9000),
      (fraction, tokens) => {
        const start = reader.sentenceAt(fraction)
        const piece = reader.take(start, tokens)
        expect(tokenizer.count(piece.text)).toBe(piece.tokens)
        expect(piece.tokens).toBeLessThanOrEqual(tokens)
        expect(tokens - piece.tokens).toBeLessThan(8)
      },
    ),
    { numRuns: 50 },
  )
})

test('the corpus is read in a circle', () => {
  const { text } = reader.take(0, 10_000)
  expect(text.startsWith(` ${CORPUS} ${CORPUS.slice(0, 1000)}`)).toBe(true)
})

test('pieces begin with sentences', () => {
  expect(reader.take(reader.sentenceAt(0), 20).text.trimStart()).toBe(
    CORPUS.slice(0, reader.take(0, 20).text.length - 1),
  )
  for (const fraction of [0.1, 0.5, 0.999]) {
    expect(reader.take(reader.sentenceAt(fraction), 20).text).toMatch(/^ [A-Z]/)
  }
})

test('nothing is taken for no tokens', () => {
  expect(reader.take(5, 0)).toEqual({ text: '', tokens: 0 })
  expect(reader.take(5, -3)).toEqual({ text: '', tokens: 0 })
})

test('a tokenizer without tokens for English is refused', () => {
  const none = { name: 'none', encode: () => [], decode: () => '', count: () => 0 }
  expect(() => createCorpusReader(none)).toThrow(expect.objectContaining({ code: 'unsupported' }))
})
