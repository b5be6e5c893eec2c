import { expect, test } from 'vitest'
import { chatStream } from '../../test/servers/raw-server.ts'
import type { ExchangeEnd } from '../engine/exchange.ts'
import type { FailureReason } from '../records/outcome.ts'
import { assembleRecord } from './assemble-record.ts'
import { chatCompletions } from './openai/chat-completions.ts'
import { createResponseDecoder } from './response-decoder.ts'

const END: ExchangeEnd = {
  id: 3,
  worker: 1,
  moments: { dueNs: 0, dispatchedNs: 1, sentNs: 2, headersNs: 3, endNs: 1000 },
  attempts: 1,
  connectNs: null,
  status: 200,
  contentType: 'text/event-stream; charset=utf-8',
  contentEncoding: null,
  failure: null,
}

/** The record of a response whose reads arrived at 100, 101, 102, ... ns. */
function record(reads: readonly string[], end: Partial<ExchangeEnd> = {}, keepText = true) {
  const decoder = createResponseDecoder(chatCompletions)
  const encoded = reads.map((read) => Buffer.from(read))
  let length = 0
  decoder.feed({
    id: 3,
    bytes: Buffer.concat(encoded),
    readEnds: Uint32Array.from(encoded, (read) => (length += read.length)),
    readNs: Float64Array.from(encoded, (_, i) => 100 + i),
  })
  const whole = { ...END, ...end }
  const request = { id: 3, promptTokens: 5, outputTokens: 2 }
  return assembleRecord({ request, end: whole, decoded: decoder.finish(whole), keepText })
}

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const delta = (content: string, more: object = {}) =>
  event({ choices: [{ index: 0, delta: { content } }], ...more })
const FINISH = event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
const DONE = 'data: [DONE]\n\n'

test('the record of a well-behaved stream', () => {
  const words = ['One', ' two', ' 🐎']
  expect(record([chatStream(words)])).toEqual({
    id: 3,
    worker: 1,
    moments: END.moments,
    outcome: { kind: 'ok' },
    attempts: 1,
    connectNs: null,
    prompt: { wantedTokens: 5, serverTokens: 7, cachedTokens: null },
    output: { wantedTokens: 2, serverTokens: 3, finishReason: 'stop' },
    chunks: {
      ns: Float64Array.of(100, 100, 100),
      channels: 'aaa',
      chars: Uint32Array.of(3, 4, 3),
      tokens: null,
    },
    tokenSource: null,
    text: 'One two 🐎',
  })
})

test('text is left out when it is not kept, its lengths stay', () => {
  const { text, chunks } = record([chatStream(['One', ' two'])], {}, false)
  expect(text).toBeNull()
  expect(Array.from(chunks.chars)).toEqual([3, 4])
})

test('each chunk has the stamp of the read that completed it, for every split of the stream in two', () => {
  const stream = Buffer.from(chatStream(['One', ' dvě', ' 三']), 'utf8')
  const ends = ['One', ' dvě', ' 三'].map((word) => stream.indexOf('\n\n', stream.indexOf(word)) + 2)
  for (let at = 0; at <= stream.length; at += 1) {
    const decoder = createResponseDecoder(chatCompletions)
    for (const [i, bytes] of [stream.subarray(0, at), stream.subarray(at)].entries()) {
      decoder.feed({ id: 0, bytes, readEnds: Uint32Array.of(bytes.length), readNs: Float64Array.of(10 + i) })
    }
    const { chunks, text, done, finishReason } = decoder.finish(END)
    expect(Array.from(chunks.ns), `split at ${at}`).toEqual(ends.map((end) => (end <= at ? 10 : 11)))
    expect({ text, done, finishReason }).toEqual({ text: 'One dvě 三', done: true, finishReason: 'stop' })
  }
})

test('reasoning, answer and tool call chunks keep their order in the channels', () => {
  const stream = [
    event({ choices: [{ index: 0, delta: { reasoning_content: 'hm' } }] }),
    delta('yes'),
    event({ choices: [{ index: 0, delta: { tool_calls: [{ function: { name: 'f' } }] } }] }),
    FINISH,
  ]
  expect(record(stream).chunks.channels).toBe('rat')
})

test('tokens by ids: those of an event without text belong to the next chunk, at the end to none', () => {
  const ids = (text: string, ...tokenIds: number[]) =>
    event({ choices: [{ index: 0, delta: { content: text }, token_ids: tokenIds }] })
  const events = [ids('a', 1), ids('', 2, 3), ids('🐎', 4), ids('b', 5, 6), ids('', 7), FINISH]
  const { chunks, tokenSource } = record(events)
  expect(tokenSource).toBe('token-ids')
  expect(Array.from(chunks.tokens!)).toEqual([1, 3, 2])
})

test('tokens by running usage: the difference between chunks, which may be 0', () => {
  const usage = (text: string, completion_tokens: number) => delta(text, { usage: { completion_tokens } })
  const { chunks, tokenSource, output } = record([
    usage('', 0),
    usage('a', 1),
    usage('b', 4),
    usage('c', 4),
    FINISH,
    event({ choices: [], usage: { completion_tokens: 5 } }),
  ])
  expect(tokenSource).toBe('usage')
  expect(Array.from(chunks.tokens!)).toEqual([1, 3, 0])
  expect(output.serverTokens).toBe(5)
})

test.for([
  ['one chunk has no usage', [1, null, 3]],
  ['the usage falls', [1, 3, 2]],
  ['the usage stays 0', [0, 0, 0]],
] as const)('tokens stay unknown when %s', ([, usages]) => {
  const stream = usages.map((completion_tokens) =>
    delta('x', completion_tokens === null ? {} : { usage: { completion_tokens } }),
  )
  expect(record([...stream, DONE])).toMatchObject({ tokenSource: null, chunks: { tokens: null } })
})

test.for<[string, FailureReason | 'ok', readonly string[], Partial<ExchangeEnd>]>([
  ['ended by [DONE] alone', 'ok', [delta('a'), DONE], {}],
  ['ended by a finish reason alone', 'ok', [delta('a'), FINISH], {}],
  ['without content type', 'ok', [delta('a'), FINISH], { contentType: null }],
  ['as text/plain, after a comment', 'ok', [': hi\n\n', delta('a'), FINISH], { contentType: 'text/plain' }],
  ['with an explicit identity encoding', 'ok', [delta('a'), FINISH], { contentEncoding: 'identity' }],
  ['with rubbish after [DONE]', 'ok', [delta('a'), DONE, 'data: {rubbish\n\n'], {}],
  ['whose last event lacks its blank line', 'ok', [delta('a'), 'data: [DONE]'], {}],
  ['cut off', 'truncated', [delta('a')], {}],
  ['cut off in the middle of an event', 'truncated', [delta('a'), 'data: {"choi'], {}],
  ['without a byte', 'truncated', [], {}],
  ['of keep-alive comments only', 'truncated', [': ping\n\n'], {}],
  ['without a token', 'empty', [delta(''), FINISH, DONE], {}],
  ['with an error event', 'error-event', [delta('a'), event({ error: { message: 'oom' } })], {}],
  ['with an error event of its own type', 'error-event', ['event: error\ndata: boom\n\n', DONE], {}],
  ['with an error event before [DONE]', 'error-event', [event({ error: 'x' }), delta('a'), FINISH, DONE], {}],
  ['with bad JSON', 'malformed-event', [delta('a'), 'data: {"choices":\n\n', FINISH, DONE], {}],
  ['that is a JSON object', 'not-a-stream', ['{"choices":[]}'], { contentType: 'application/json' }],
  ['that is HTML', 'not-a-stream', ['<html>'], { contentType: 'text/html' }],
  ['that is compressed', 'not-a-stream', ['\u001f\b'], { contentEncoding: 'gzip' }],
  ['of no known type', 'not-a-stream', ['hello'], { contentType: null }],
])('a body %s is %s', ([, expected, reads, end]) => {
  const { outcome } = record(reads, end)
  expect(outcome).toMatchObject(
    expected === 'ok' ? { kind: 'ok' } : { kind: 'failed', reason: expected, status: 200 },
  )
})

test('a failed request keeps the chunks that arrived', () => {
  const { outcome, chunks, text } = record([delta('a'), delta('b')], {
    failure: { reason: 'stream-timeout', detail: 'silent' },
  })
  expect(outcome).toEqual({ kind: 'failed', reason: 'stream-timeout', detail: 'silent', status: 200 })
  expect(Array.from(chunks.ns)).toEqual([100, 101])
  expect(text).toBe('ab')
})

test.for<[FailureReason, string, 'ok' | 'failed']>([
  ['connection-reset', DONE, 'ok'],
  ['connection-reset', FINISH, 'ok'],
  ['stream-timeout', FINISH, 'ok'],
  ['unfinished', DONE, 'ok'],
  ['connection-reset', '', 'failed'],
  ['client', DONE, 'failed'],
])('a failure %s of the transport after %j leaves the request %s', ([reason, last, kind]) => {
  expect(record([delta('a'), last], { failure: { reason, detail: '' } }).outcome.kind).toBe(kind)
})

test('the failure of the transport counts before what the body says', () => {
  const failure = { reason: 'connection-reset', detail: 'gone' } as const
  expect(record(['data: {bad\n\n'], { status: 500, failure }).outcome).toMatchObject({
    reason: 'connection-reset',
  })
})

test.for<[number, string, string, FailureReason, string]>([
  [429, 'application/json', '{"error":{"message":"slow\\ndown"}}', 'rate-limited', 'HTTP 429: slow down'],
  [500, 'text/html', '<h1>Internal</h1>', 'http-status', 'HTTP 500: Internal'],
  [503, 'text/plain', '', 'http-status', 'HTTP 503'],
  [204, 'text/event-stream', '', 'http-status', 'HTTP 204'],
  [400, 'text/event-stream', 'data: {"error":{"message":"no"}}\n\n', 'http-status', 'HTTP 400: no'],
])('status %d with a body of %s tells %j', ([status, contentType, body, reason, detail]) => {
  expect(record([body], { status, contentType }).outcome).toEqual({ kind: 'failed', reason, detail, status })
})

test('a huge error body is cut to 300 characters', () => {
  const { outcome } = record([`"${'x'.repeat(1e6)}"`], { status: 500, contentType: 'application/json' })
  expect(outcome).toMatchObject({ detail: expect.stringMatching(/^HTTP 500: .*…$/) })
  expect(outcome.kind === 'failed' && outcome.detail.length).toBe(300)
})
