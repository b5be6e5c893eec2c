import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { tokenMoments } from './token-moments.ts'

test('tells the first token of any channel from the first of the visible answer', () => {
  const record = makeRecord({ arrivalsNs: [10, 20, 30, 40], channels: 'rraa' })
  expect(tokenMoments(record)).toEqual({ firstNs: 10, firstAnswerNs: 30, lastNs: 40 })
})

test('looks only at chunks that carry tokens', () => {
  const record = makeRecord({
    arrivalsNs: [10, 20, 30, 40, 50],
    channels: 'araaa',
    tokens: [0, 1, 0, 2, 0],
  })
  expect(tokenMoments(record)).toEqual({ firstNs: 20, firstAnswerNs: 40, lastNs: 40 })
})

test('has no first answer token when all was reasoning or tool calls', () => {
  expect(tokenMoments(makeRecord({ arrivalsNs: [10, 20], channels: 'rt' }))).toEqual({
    firstNs: 10,
    firstAnswerNs: null,
    lastNs: 20,
  })
})

test('has no moments without tokens', () => {
  const none = { firstNs: null, firstAnswerNs: null, lastNs: null }
  expect(tokenMoments(makeRecord())).toEqual(none)
  expect(tokenMoments(makeRecord({ arrivalsNs: [10], tokens: [0] }))).toEqual(none)
})

test('takes every chunk for a token when chunks were not attributed', () => {
  const record = makeRecord({ arrivalsNs: [10, 20], tokens: null })
  expect(tokenMoments(record)).toEqual({ firstNs: 10, firstAnswerNs: 10, lastNs: 20 })
})
