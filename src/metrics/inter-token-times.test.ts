import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { interTokenTimes } from './inter-token-times.ts'
import { tokenMoments } from './token-moments.ts'

test('gives the first token of a chunk the gap and the others nothing', () => {
  const record = makeRecord({ dueNs: 500, arrivalsNs: [100, 130, 190], tokens: [1, 3, 2] })
  expect([...interTokenTimes(record, 'due')]).toEqual([100, 30, 0, 0, 60, 0])
})

test('passes over chunks without tokens', () => {
  const record = makeRecord({ arrivalsNs: [10, 100, 130, 140, 190], tokens: [0, 1, 0, 1, 0] })
  expect([...interTokenTimes(record, 'due')]).toEqual([100, 40])
})

test('counts one token a chunk when chunks were not attributed', () => {
  const record = makeRecord({ arrivalsNs: [100, 130], tokens: null })
  expect([...interTokenTimes(record, 'due')]).toEqual([100, 30])
})

test('counts from the moment the request was sent when asked to', () => {
  const record = makeRecord({ dueNs: 500, sentNs: 540, arrivalsNs: [100, 130] })
  expect([...interTokenTimes(record, 'sent')]).toEqual([60, 30])
})

test('has a first time of 0 when the answer started before the request was wholly sent', () => {
  const record = makeRecord({ sentNs: 110, arrivalsNs: [100, 130] })
  expect([...interTokenTimes(record, 'sent')]).toEqual([0, 20])
})

test('is empty without tokens, and when nothing was sent', () => {
  expect(interTokenTimes(makeRecord({ arrivalsNs: [] }), 'due')).toHaveLength(0)
  expect(interTokenTimes(makeRecord({ arrivalsNs: [5], tokens: [0] }), 'due')).toHaveLength(0)
  expect(interTokenTimes(makeRecord({ sentNs: null }), 'sent')).toHaveLength(0)
})

test('has one time a token, and they sum to the last token that came', () => {
  const chunks = fc.array(fc.tuple(fc.nat(1_000), fc.nat(3)), { maxLength: 40 })
  fc.assert(
    fc.property(chunks, (gaps) => {
      let now = 0
      const arrivalsNs = gaps.map(([gapNs]) => {
        now += gapNs
        return now
      })
      const tokens = gaps.map(([, held]) => held)
      const record = makeRecord({ dueNs: 77, arrivalsNs, tokens })
      const times = interTokenTimes(record, 'due')
      const { lastNs } = tokenMoments(record)
      expect(times).toHaveLength(tokens.reduce((sum, held) => sum + held, 0))
      expect(times.reduce((sum, time) => sum + time, 0)).toBe(lastNs === null ? 0 : lastNs - 77)
    }),
  )
})
