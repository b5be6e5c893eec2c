import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExchangeEnd, ExchangeSegment } from './exchange.ts'
import { ExchangeRecorder, startExchange } from './exchange-recorder.ts'

function record(id = 7) {
  const segments: ExchangeSegment[] = []
  const ends: ExchangeEnd[] = []
  const over: number[] = []
  const recorder = new ExchangeRecorder(
    { id, dueNs: 5, prompt: '', promptTokens: 1, outputTokens: 1 },
    { dueNs: 5, dispatchedNs: 6 },
    3,
    { segment: (segment) => segments.push(segment), end: (end) => ends.push(end) },
    (endNs) => over.push(endNs),
  )
  return { recorder, segments, ends, over }
}

test('keeps every byte and the arrival of every read, whatever the sizes', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 9000 }), { maxLength: 30 }), (reads) => {
      const { recorder, segments } = record()
      for (const [index, bytes] of reads.entries()) recorder.onData(index * 10, bytes)
      recorder.onEnd(1000)
      const bytes = segments.flatMap((segment) => [...segment.bytes])
      const stamps = segments.flatMap((segment) => [...segment.readNs])
      const sizes = segments.flatMap(({ readEnds }) =>
        [...readEnds].map((end, i) => end - (readEnds[i - 1] ?? 0)),
      )
      expect(bytes).toEqual(reads.flatMap((read) => [...read]))
      expect(stamps).toEqual(reads.map((_, index) => index * 10))
      expect(sizes).toEqual(reads.map((read) => read.length))
    }),
    { numRuns: 50 },
  )
})

test('hands over a segment each time 16 KiB have gathered, the first one earlier', () => {
  const { recorder, segments } = record()
  for (let i = 0; i < 10; i++) recorder.onData(i, new Uint8Array(4096))
  expect(segments).toHaveLength(2)
  recorder.onEnd(99)
  expect(segments.map(({ bytes }) => bytes.length)).toEqual([8192, 16_384, 16_384])
})

test('hands over a segment after 128 reads, however small', () => {
  const { recorder, segments } = record()
  for (let i = 0; i < 300; i++) recorder.onData(i, new Uint8Array(1))
  recorder.onEnd(999)
  expect(segments.map(({ readNs }) => readNs.length)).toEqual([128, 128, 44])
})

test('streams in step do not all hand over at once', () => {
  const handedAt = (id: number) => {
    const { recorder, segments } = record(id)
    let reads = 0
    while (segments.length === 0) recorder.onData(reads++, new Uint8Array(256))
    return reads
  }
  const moments = new Set(Array.from({ length: 16 }, (_, id) => handedAt(id)))
  expect(moments.size).toBe(16)
})

test('writes nothing into what was handed over', () => {
  const { recorder, segments } = record()
  for (let i = 0; i < 400; i++) recorder.onData(i, new Uint8Array(100).fill(i))
  recorder.onEnd(999)
  const values = segments.flatMap(({ bytes, readEnds }) => [...readEnds].map((end) => bytes[end - 1]))
  expect(values).toEqual(Array.from({ length: 400 }, (_, i) => i % 256))
})

test('a resend counts as an attempt and forgets the first send', () => {
  const { recorder, ends } = record()
  recorder.onSent(10)
  recorder.onResend()
  recorder.onConnect(400)
  recorder.onSent(20)
  recorder.onHeaders(30, 200, { 'content-type': ['text/event-stream'] })
  recorder.onEnd(40)
  expect(ends).toEqual([
    {
      id: 7,
      worker: 3,
      moments: { dueNs: 5, dispatchedNs: 6, sentNs: 20, headersNs: 30, endNs: 40 },
      attempts: 2,
      connectNs: 400,
      status: 200,
      contentType: 'text/event-stream',
      contentEncoding: null,
      failure: null,
    },
  ])
})

test('ends once, even when an abort and an end come together', () => {
  const { recorder, ends, over } = record()
  recorder.onFailure(50, { reason: 'unfinished', detail: 'x' })
  recorder.onEnd(60)
  expect(ends).toHaveLength(1)
  expect(over).toEqual([50])
})

test('a client that throws is a failed request, not a failed program', async () => {
  const { recorder, ends } = record()
  const client = {
    send: () => {
      throw new Error('bad header')
    },
    close: async () => {},
  }
  startExchange(client, { nowNs: () => 8 }, () => ({ path: '/', headers: {}, body: '' }), recorder)
  await Promise.resolve()
  expect(ends[0]?.failure).toEqual({ reason: 'client', detail: 'bad header' })
})
