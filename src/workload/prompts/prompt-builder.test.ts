import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { loadTokenizer } from '../../tokens/load-tokenizer.ts'
import type { Tokenizer } from '../../tokens/tokenizer.ts'
import { createPromptBuilder } from './prompt-builder.ts'

const builtin = await loadTokenizer('builtin')
const byteLevel = await loadTokenizer('test/fixtures/tokenizer')
const byteFallback = await loadTokenizer('test/fixtures/tokenizer/byte-fallback')

/** Tokens that are a fixed pattern of the text, as no BPE has them. */
const patterned = (name: string, pattern: RegExp): Tokenizer => {
  const pieces: string[] = []
  const encode = (text: string) =>
    Array.from(text.match(pattern) ?? [], (piece) => {
      const known = pieces.indexOf(piece)
      return known === -1 ? pieces.push(piece) - 1 : known
    })
  return {
    name,
    encode,
    decode: (ids) => ids.map((id) => pieces[id]).join(''),
    count: (text) => text.match(pattern)?.length ?? 0,
  }
}

const TOKENIZERS: readonly Tokenizer[] = [
  builtin,
  byteLevel,
  byteFallback,
  patterned('words', /\s*\S+/g),
  patterned('characters', /./gs),
  patterned('pairs of characters, whatever they are', /.{1,2}/gs),
  patterned('three characters and no word borders', /.{1,3}/gs),
  patterned('signs and letters, spaces not counted', /\w|[^\s\w]/g),
]

test.each(TOKENIZERS)('prompts by $name have exactly the wanted tokens', (tokenizer) => {
  const build = createPromptBuilder({ tokenizer, random: createRandomStream(3) })
  const most = tokenizer === builtin ? 6000 : 700
  for (let tokens = 1; tokens <= 80; tokens++) expect(tokenizer.count(build(tokens, tokens, 9))).toBe(tokens)
  fc.assert(
    fc.property(
      fc.nat(2 ** 32 - 1),
      fc.integer({ min: 1, max: most }),
      fc.integer({ min: 1, max: 5000 }),
      (id, tokens, output) => {
        expect(tokenizer.count(build(id, tokens, output))).toBe(tokens)
      },
    ),
    { numRuns: 40 },
  )
})

test('a prompt of 100,000 tokens is exact', () => {
  const build = createPromptBuilder({ tokenizer: builtin, random: createRandomStream(3) })
  expect(builtin.count(build(1, 100_000, 10))).toBe(100_000)
})

test('the prompt asks for at least as many words as tokens are wanted', () => {
  const build = createPromptBuilder({ tokenizer: builtin, random: createRandomStream(3) })
  expect(build(1, 200, 345)).toContain('at least 345 words')
  expect(build(1, 200, 1)).toContain('at least 1 word.')
  expect(build(1, 15, 345)).toContain('Write 345 words.')
})

test('same seed and id give the same prompt in any order, another seed another', () => {
  const first = createPromptBuilder({ tokenizer: builtin, random: createRandomStream(3) })
  const second = createPromptBuilder({ tokenizer: builtin, random: createRandomStream(3) })
  const other = createPromptBuilder({ tokenizer: builtin, random: createRandomStream(4) })
  const forward = [0, 1, 2, 3].map((id) => first(id, 50, 10))
  const backward = [3, 2, 1, 0].map((id) => second(id, 50, 10)).reverse()
  expect(backward).toEqual(forward)
  expect([0, 1, 2, 3].map((id) => other(id, 50, 10))).not.toEqual(forward)
})

test.each([
  [1, 256],
  [2, 3000],
  [3, 3000],
  [50, 3000],
])('prompts of %i tokens are unique over %i ids with the builtin tokenizer', (tokens, ids) => {
  const build = createPromptBuilder({ tokenizer: builtin, random: createRandomStream(11) })
  const prompts = Array.from({ length: ids }, (_, id) => build(id, tokens, 10))
  expect(new Set(prompts).size).toBe(ids)
})

test('no two of 3,000 prompts share their first three tokens', () => {
  const build = createPromptBuilder({ tokenizer: builtin, random: createRandomStream(11) })
  const starts = Array.from({ length: 3000 }, (_, id) =>
    Array.from(builtin.encode(build(id, 64, 10)))
      .slice(0, 3)
      .join(),
  )
  expect(new Set(starts).size).toBe(3000)
})

test.each([builtin, byteLevel, byteFallback])(
  'a shared prefix by $name is the same for all prompts',
  (tokenizer) => {
    const build = createPromptBuilder({ tokenizer, random: createRandomStream(5), sharedPrefixTokens: 70 })
    const [first, second] = [build(1, 150, 10), build(2, 170, 10)]
    expect(tokenizer.count(first)).toBe(150)
    expect(tokenizer.count(second)).toBe(170)
    const [a, b] = [Array.from(tokenizer.encode(first)), Array.from(tokenizer.encode(second))]
    expect(a.slice(0, 70)).toEqual(b.slice(0, 70))
    expect(a.slice(0, 74)).not.toEqual(b.slice(0, 74))
  },
)

test('a prompt no longer than the shared prefix is all shared, a slightly longer one still exact', () => {
  const build = createPromptBuilder({
    tokenizer: builtin,
    random: createRandomStream(5),
    sharedPrefixTokens: 70,
  })
  expect(build(1, 70, 10)).toBe(build(2, 70, 10))
  expect(build(1, 30, 10)).toBe(build(2, 30, 10))
  for (const tokens of [1, 30, 69, 70, 71, 72, 75]) expect(builtin.count(build(1, tokens, 10))).toBe(tokens)
  expect(build(1, 71, 10)).not.toBe(build(2, 71, 10))
})

test('the stream that seeds the prompts is not advanced', () => {
  const random = createRandomStream(6)
  createPromptBuilder({ tokenizer: builtin, random })(1, 20, 5)
  expect(random.uniform()).toBe(createRandomStream(6).uniform())
})

test('lengths that are not whole numbers from 1 on are bad config', () => {
  const build = createPromptBuilder({ tokenizer: builtin, random: createRandomStream(5) })
  for (const bad of [0, -1, 1.5, Number.NaN]) {
    expect(() => build(1, bad, 10)).toThrow(expect.objectContaining({ code: 'bad-config' }))
    expect(() => build(1, 10, bad)).toThrow(expect.objectContaining({ code: 'bad-config' }))
  }
  const options = { tokenizer: builtin, random: createRandomStream(5), sharedPrefixTokens: -1 }
  expect(() => createPromptBuilder(options)).toThrow(expect.objectContaining({ code: 'bad-config' }))
})

test('a tokenizer that cannot make the number is named', () => {
  const even: Tokenizer = { ...patterned('even', /./gs), count: (text) => 2 * text.length }
  const build = createPromptBuilder({ tokenizer: even, random: createRandomStream(5) })
  expect(even.count(build(1, 400, 10))).toBe(400)
  expect(() => build(1, 401, 10)).toThrow(expect.objectContaining({ code: 'unsupported' }))
})
