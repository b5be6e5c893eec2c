import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import reference from '../../test/fixtures/tokenizer/reference.json' with { type: 'json' }
import { decodedOffsets } from './decoded-offsets.ts'
import { loadTokenizer } from './load-tokenizer.ts'
import { tokenOffsets } from './token-offsets.ts'

const SPECS = ['builtin', 'tokenizer.json', 'byte-fallback/tokenizer.json']
const load = (spec: string) =>
  loadTokenizer(spec === 'builtin' ? spec : join('test/fixtures/tokenizer', spec))

test.each(SPECS)('offsets of %s are those of the Python packages tokenizers and tiktoken', async (spec) => {
  const tokenizer = await load(spec)
  for (const { text, ids, offsets } of reference.cases.filter((one) => one.tokenizer === spec)) {
    expect([...tokenOffsets(text, ids, tokenizer)]).toEqual(offsets)
    expect([...decodedOffsets(text, ids, tokenizer)]).toEqual(offsets)
  }
})

test.each(SPECS)('offsets of %s never decrease and stay inside any text', async (spec) => {
  const tokenizer = await load(spec)
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), anyUnits), (text) => {
      const ids = tokenizer.encode(text)
      for (const offsets of [tokenOffsets(text, ids, tokenizer), decodedOffsets(text, ids, tokenizer)]) {
        expect(offsets.length).toBe(ids.length)
        offsets.forEach((offset, i) => {
          expect(offset).toBeLessThan(Math.max(text.length, 1))
          expect(offset).toBeGreaterThanOrEqual(i === 0 ? 0 : offsets[i - 1]!)
        })
      }
    }),
  )
})

test.each(SPECS)('the text before the last token of %s ends where its offset says', async (spec) => {
  const tokenizer = await load(spec)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const offsets = tokenOffsets(text, tokenizer.encode(text), tokenizer)
      expect(offsets.at(-1)).toBe(text.length - 1)
    }),
  )
})

test('tokens of a tokenizer that writes lower case and drops spaces are found by nearest match', () => {
  const words = ['the', 'cat', 'sat']
  const tokenizer = {
    name: 'words',
    encode: (text: string) =>
      text
        .toLowerCase()
        .split(/\s+/)
        .map((word) => words.indexOf(word)),
    decode: (ids: readonly number[]) => ids.map((id) => words[id]).join(' '),
    count: (text: string) => text.split(/\s+/).length,
  }
  const text = 'The   CAT\nsat'
  expect([...tokenOffsets(text, tokenizer.encode(text), tokenizer)]).toEqual([2, 8, 12])
})

test('a text made of U+FFFD alone is not taken for unfinished characters for ever', async () => {
  const tokenizer = await load('tokenizer.json')
  const text = '\uFFFD'.repeat(50)
  const offsets = tokenOffsets(text, tokenizer.encode(text), tokenizer)
  expect(offsets.at(-1)).toBe(49)
})

/** Any UTF-16 units, halves of surrogate pairs among them. */
const anyUnits = fc
  .array(fc.oneof(fc.integer({ min: 0xd7f0, max: 0xe010 }), fc.integer({ min: 0x20, max: 0x7f })))
  .map((units) => String.fromCharCode(...units))
