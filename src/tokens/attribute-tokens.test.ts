import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RequestRecord, TokenSource } from '../records/request-record.ts'
import { attributeTokens } from './attribute-tokens.ts'
import { loadTokenizer } from './load-tokenizer.ts'

const tokenizer = await loadTokenizer('test/fixtures/tokenizer')

/** Sixteen words of one token each in the test vocabulary, all four characters long. */
const WORDS = ' the and the and the and the and the and the and the and the and'.match(/ \w+/g)!

test('the words of these tests are one token each', () => {
  for (const word of new Set(WORDS)) expect(tokenizer.count(word)).toBe(1)
})

test.each([1, 2, 4, 8])('a stream of %i tokens an event is attributed exactly by every source', (size) => {
  const parts = Array.from({ length: WORDS.length / size }, (_, i) =>
    WORDS.slice(i * size, (i + 1) * size).join(''),
  )
  const counts = parts.map(() => size)
  for (const source of ['token-ids', 'usage'] as const) {
    const told = recordOf(parts, { tokens: counts, tokenSource: source })
    expect(attributeTokens(told, tokenizer)).toBe(told)
  }
  const byText = attributeTokens(recordOf(parts), tokenizer)
  expect([byText.tokenSource, byText.chunks.tokens]).toEqual(['tokenizer', counts])
  const byTotal = attributeTokens(recordOf(parts, { serverTokens: 16 }), null)
  expect([byTotal.tokenSource, byTotal.chunks.tokens]).toEqual(['usage-total', counts])
  const byChunk = attributeTokens(recordOf(parts), null)
  expect([byChunk.tokenSource, byChunk.chunks.tokens]).toEqual(['chunk', parts.map(() => 1)])
})

test('sources are taken in the order of the definitions, and text that was not kept is no source', () => {
  const parts = [' the and', ' the']
  const all = { serverTokens: 9 }
  expect(attributeTokens(recordOf(parts, all), tokenizer).tokenSource).toBe('tokenizer')
  expect(attributeTokens({ ...recordOf(parts, all), text: null }, tokenizer).tokenSource).toBe('usage-total')
  expect(attributeTokens({ ...recordOf(parts), text: null }, tokenizer).tokenSource).toBe('chunk')
  expect(attributeTokens({ ...recordOf(parts), text: 'too short' }, tokenizer).tokenSource).toBe('chunk')
})

test('a told source without counts is no source', () => {
  const record = recordOf([' the'], { tokenSource: 'usage' })
  expect(attributeTokens(record, tokenizer).chunks.tokens).toEqual([1])
})

test('a token counts where its last character arrives, half an emoji too', () => {
  // The first of these three holds the space and the first bytes of the emoji, so it waits for the emoji too.
  expect(tokenizer.count(' \u{1F680}')).toBe(3)
  const split = attributeTokens(recordOf([' th', 'e \ud83d', '\ude80', ' and']), tokenizer)
  expect(split.chunks.tokens).toEqual([0, 1, 3, 1])
})

test('reasoning, answer and tool call are tokenised apart', () => {
  const joined = attributeTokens(recordOf([' th', 'e']), tokenizer)
  expect(joined.chunks.tokens).toEqual([0, 1])
  const apart = attributeTokens(recordOf([' th', 'e', '', 'e'], { channels: 'raat' }), tokenizer)
  expect(apart.chunks.tokens).toEqual([tokenizer.count(' th'), 1, 0, 1])
})

test('however a text is cut into chunks, the counts sum to the tokens of the text', () => {
  const text = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(text, (parts) => {
      const tokens = Array.from(attributeTokens(recordOf(parts), tokenizer).chunks.tokens!)
      expect(tokens.reduce((sum, count) => sum + count, 0)).toBe(tokenizer.count(parts.join('')))
      expect(tokens.every((count) => count >= 0)).toBe(true)
    }),
  )
})

test('a total of 0, a negative, a fraction and an absurd total beside chunks are no totals', () => {
  for (const serverTokens of [0, -3, 2.5, Number.NaN, 1e15]) {
    const record = attributeTokens(recordOf([' the', ' and'], { serverTokens }), null)
    expect([record.tokenSource, record.chunks.tokens]).toEqual(['chunk', [1, 1]])
  }
})

test('a record without chunks has no counts and names the best source that is known', () => {
  const sourceOf = (record: RequestRecord, given = false) => {
    const done = attributeTokens(record, given ? tokenizer : null)
    expect(done.chunks.tokens).toEqual([])
    return done.tokenSource
  }
  expect(sourceOf(recordOf([]), true)).toBe('tokenizer')
  expect(sourceOf(recordOf([], { serverTokens: 0 }))).toBe('usage-total')
  expect(sourceOf(recordOf([], { serverTokens: 12 }))).toBe('usage-total')
  expect(sourceOf(recordOf([]))).toBe('chunk')
})

test('an attributed record changes only when asked again, and never when the stream told', () => {
  const first = attributeTokens(recordOf([' the and']), null)
  expect(attributeTokens(first, tokenizer)).toBe(first)
  const again = attributeTokens(first, tokenizer, { again: true })
  expect([again.tokenSource, again.chunks.tokens]).toEqual(['tokenizer', [2]])
  const told = recordOf([' the and'], { tokens: [5], tokenSource: 'usage' })
  expect(attributeTokens(told, tokenizer, { again: true })).toBe(told)
})

test('the given record is never changed', () => {
  const record = recordOf([' the', ' and'], { serverTokens: 9 })
  const copy = structuredClone(record)
  attributeTokens(record, tokenizer)
  attributeTokens(record, null)
  expect(record).toEqual(copy)
})

interface Known {
  readonly channels?: string
  readonly serverTokens?: number
  readonly tokens?: readonly number[]
  readonly tokenSource?: TokenSource
}

function recordOf(parts: readonly string[], known: Known = {}): RequestRecord {
  return {
    id: 0,
    worker: 0,
    moments: { dueNs: 0, dispatchedNs: 0, sentNs: 0, headersNs: 0, endNs: parts.length },
    outcome: { kind: 'ok' },
    attempts: 1,
    connectNs: null,
    prompt: { wantedTokens: 1, serverTokens: null, cachedTokens: null },
    output: { wantedTokens: 1, serverTokens: known.serverTokens ?? null, finishReason: 'stop' },
    chunks: {
      ns: parts.map((_, i) => i),
      channels: known.channels ?? 'a'.repeat(parts.length),
      chars: parts.map((part) => part.length),
      tokens: known.tokens ?? null,
    },
    tokenSource: known.tokenSource ?? null,
    text: parts.join(''),
  }
}
