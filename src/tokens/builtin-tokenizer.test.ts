import fc from 'fast-check'
import { expect, test } from 'vitest'
import reference from '../../test/fixtures/tokenizer/reference.json' with { type: 'json' }
import { loadBuiltinTokenizer } from './builtin-tokenizer.ts'

const tokenizer = await loadBuiltinTokenizer()

test('ids are those of the Python package tiktoken 0.14.0, special tokens taken as text', () => {
  const cases = reference.cases.filter((one) => one.tokenizer === 'builtin')
  expect(cases.length).toBeGreaterThan(5)
  for (const { text, ids } of cases) expect(tokenizer.encode(text)).toEqual(ids)
})

test('decoding gives back any text, counts agree with ids, and byte lengths add up', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\uFEFF')) }),
      (text) => {
        const ids = Array.from(tokenizer.encode(text))
        expect(tokenizer.decode(ids)).toBe(text)
        expect(tokenizer.count(text)).toBe(ids.length)
        expect(ids.reduce((sum, id) => sum + tokenizer.byteLength!(id)!, 0)).toBe(Buffer.byteLength(text))
      },
    ),
  )
})

test('half a surrogate pair and special tokens do not throw', () => {
  expect(tokenizer.decode(Array.from(tokenizer.encode('a\ud83db')))).toBe('a\uFFFDb')
  for (const text of ['<|endoftext|>', '<|endofprompt|><|im_start|>']) {
    expect(tokenizer.decode(Array.from(tokenizer.encode(text)))).toBe(text)
  }
})

test('a part of a character does not leak into the next decoding', () => {
  const ids = Array.from(tokenizer.encode('\u{20bb7}'))
  expect(ids.length).toBeGreaterThan(1)
  expect(tokenizer.decode(ids.slice(0, 1))).toBe('\uFFFD')
  expect(tokenizer.decode(tokenizer.encode('next') as number[])).toBe('next')
})

test('half a million letters without a space are encoded, in pieces', () => {
  const text = 'ab'.repeat(250_000)
  const ids = Array.from(tokenizer.encode(text))
  expect(ids.length).toBeGreaterThan(1)
  expect(tokenizer.decode(ids)).toBe(text)
})

test('an id outside of the vocabulary decodes to U+FFFD and has no byte length', () => {
  expect(tokenizer.decode([10_000_000])).toBe('\uFFFD')
  expect(tokenizer.byteLength!(10_000_000)).toBeUndefined()
})
