import { expect, test } from 'vitest'
import { makeRecord } from '../../../test/make-record.ts'
import type { TokenSource } from '../../records/request-record.ts'
import { tokenCounts } from './token-counts.ts'

interface Answer {
  readonly tokens: readonly number[] | null
  readonly server: number | null
  readonly source: TokenSource | null
  readonly byTokenizer?: number
  readonly channels?: string
}

function counted({ tokens, server, source, byTokenizer, channels }: Answer) {
  const arrivalsNs = (tokens ?? [1]).map((_, k) => k * 1e6)
  const record = makeRecord({ arrivalsNs, tokens, tokenSource: source, ...(channels ? { channels } : {}) })
  return tokenCounts({ ...record, output: { ...record.output, serverTokens: server } }, byTokenizer)
}

test.each(['tokenizer', 'token-ids'] as const)('counts by %s are compared with the usage', (source) => {
  expect(counted({ tokens: [100, 100], server: 200, source })).toEqual({
    server: 200,
    counted: 200,
    differ: false,
  })
  expect(counted({ tokens: [100, 96], server: 200, source })?.differ).toBe(false)
  expect(counted({ tokens: [100, 95], server: 200, source })?.differ).toBe(true)
  expect(counted({ tokens: [100, 105], server: 200, source })?.differ).toBe(true)
})

test('two tokens of a short answer may be the ones without text', () => {
  expect(counted({ tokens: [4, 4], server: 10, source: 'tokenizer' })?.differ).toBe(false)
  expect(counted({ tokens: [4, 3], server: 10, source: 'tokenizer' })?.differ).toBe(true)
})

test('a count by the tokenizer is compared whatever told the tokens of the chunks', () => {
  for (const source of ['usage', 'token-ids'] as const) {
    expect(counted({ tokens: [50, 50], server: 100, source, byTokenizer: 100 })?.differ).toBe(false)
    expect(counted({ tokens: [50, 50], server: 100, source, byTokenizer: 120 })).toEqual({
      server: 100,
      counted: 120,
      differ: true,
    })
  }
})

test('there is nothing to compare when both counts are the usage, or one is missing', () => {
  for (const source of ['usage', 'usage-total', 'chunk'] as const)
    expect(counted({ tokens: [50, 40], server: 100, source })).toBeNull()
  expect(counted({ tokens: [50, 50], server: null, source: 'tokenizer' })).toBeNull()
  expect(counted({ tokens: null, server: 100, source: null })).toBeNull()
})

test('an answer with tool calls is not compared: servers count more than their names and arguments', () => {
  expect(counted({ tokens: [5, 5], server: 40, source: 'tokenizer', channels: 'at' })).toBeNull()
})
