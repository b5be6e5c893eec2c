import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import type { RequestRecord, TokenSource } from '../records/request-record.ts'
import { countAnswers } from './count-answers.ts'
import { loadTokenizer } from './load-tokenizer.ts'

const tokenizer = await loadTokenizer('o200k_base')

/** Three chunks of a word each, a token each. */
function answer(id: number, tokenSource: TokenSource, more: Partial<RequestRecord> = {}): RequestRecord {
  const record = makeRecord({ id, arrivalsNs: [1, 2, 3], tokenSource })
  return { ...record, chunks: { ...record.chunks, chars: [4, 4, 4] }, text: ' the and was', ...more }
}

test('answers that the server counted are counted again by their text', () => {
  const records = [answer(4, 'usage'), answer(7, 'token-ids')]
  expect([...countAnswers(records, tokenizer)]).toEqual([
    [4, 3],
    [7, 3],
  ])
})

test('other sources, failed requests and answers without text are not', () => {
  const failed = { kind: 'failed', reason: 'truncated', detail: '', status: 200 } as const
  const records = [
    answer(0, 'tokenizer'),
    answer(1, 'usage-total'),
    answer(2, 'chunk'),
    answer(3, 'usage', { text: null }),
    answer(4, 'usage', { outcome: failed }),
  ]
  expect(countAnswers(records, tokenizer).size).toBe(0)
  expect(countAnswers([], tokenizer).size).toBe(0)
})

test.each([1, 200, 201, 399, 400, 1777])('of %i answers at most 200 are counted, evenly', (count) => {
  const records = Array.from({ length: count }, (_, id) => answer(id, 'usage'))
  const ids = [...countAnswers(records, tokenizer).keys()]
  expect(ids).toHaveLength(Math.min(count, 200))
  expect(ids[0]).toBe(0)
  const gaps = ids.slice(1).map((id, i) => id - ids[i]!)
  for (const gap of gaps) expect(Math.abs(gap - Math.max(1, count / 200))).toBeLessThan(1)
})
