import { expect, test } from 'vitest'
import { makeRecord } from '../../../test/make-record.ts'
import type { TokenSource } from '../../records/request-record.ts'
import { tokenCounts } from './token-counts.ts'

function counted(tokens: readonly number[] | null, server: number | null, tokenSource: TokenSource | null) {
  const record = makeRecord({ arrivalsNs: (tokens ?? [1]).map((_, k) => k * 1e6), tokens, tokenSource })
  return tokenCounts({ ...record, output: { ...record.output, serverTokens: server } })
}

test.each(['tokenizer', 'token-ids'] as const)('counts by %s are compared with the usage', (source) => {
  expect(counted([50, 50], 100, source)).toEqual({ server: 100, counted: 100, differ: false })
  expect(counted([50, 48], 100, source)?.differ).toBe(false)
  expect(counted([50, 47], 100, source)?.differ).toBe(true)
  expect(counted([50, 53], 100, source)?.differ).toBe(true)
})

test('one token of a short answer is the one that ends it', () => {
  expect(counted([4, 5], 10, 'tokenizer')?.differ).toBe(false)
  expect(counted([4, 4], 10, 'tokenizer')?.differ).toBe(true)
})

test('there is nothing to compare when both counts are the usage, or one is missing', () => {
  for (const source of ['usage', 'usage-total', 'chunk'] as const)
    expect(counted([50, 40], 100, source)).toBeNull()
  expect(counted([50, 50], null, 'tokenizer')).toBeNull()
  expect(counted(null, 100, null)).toBeNull()
})
