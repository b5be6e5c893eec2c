import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  chatStream,
  httpChunk,
  LAST_CHUNK,
  type OnRequest,
  response,
  startRawServer,
  streamHead,
} from '../../test/servers/raw-server.ts'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { assembleRecord } from './assemble-record.ts'
import { exchangeOnce } from './exchange-once.ts'
import { chatCompletions } from './openai/chat-completions.ts'
import { createResponseDecoder } from './response-decoder.ts'
import { createUndiciClient } from './transport/undici-client.ts'

// From the socket to the record, against servers that misbehave on the wire.

const clock = createMonotonicClock()
const WORDS = ['Příliš', ' žluťoučký', ' 🐎', ' 日本']

async function recordsOf(onRequest: OnRequest, count = 1): Promise<RequestRecord[]> {
  await using server = await startRawServer(onRequest)
  const client = createUndiciClient({
    origin: server.origin,
    clock,
    connectTimeoutNs: 5e9,
    headersTimeoutNs: 400e6,
    streamTimeoutNs: 400e6,
  })
  const records: RequestRecord[] = []
  for (let id = 0; id < count; id += 1) {
    const request = { id, dueNs: null, prompt: 'Hi', promptTokens: 1, outputTokens: 4 }
    const target = { basePath: '/v1', model: 'm', headers: {}, accepts: [], extraBody: {} }
    const wire = chatCompletions.encode(request, target)
    const { segment, end } = await exchangeOnce({ client, clock, request: wire, timeoutNs: 10e9, id })
    const decoder = createResponseDecoder(chatCompletions)
    decoder.feed(segment)
    records.push(assembleRecord({ request, end, decoded: decoder.finish(end), keepText: true }))
  }
  await client.close()
  return records
}

const recordOf = async (onRequest: OnRequest): Promise<RequestRecord> => (await recordsOf(onRequest))[0]!

const whole =
  (body: string | Uint8Array, type = 'text/event-stream', status = 200, extra = ''): OnRequest =>
  (socket) =>
    socket.write(response(status, type, body, extra))

/** Writes each piece in a turn of its own, so that pieces arrive as reads of their own more often than not. */
async function writeApart(socket: Socket, pieces: readonly (string | Uint8Array)[]): Promise<void> {
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('every byte of the response written alone', async () => {
  const bytes = Buffer.concat([
    Buffer.from(streamHead()),
    httpChunk(chatStream(WORDS)),
    Buffer.from(LAST_CHUNK),
  ])
  const record = await recordOf(
    (socket) =>
      void writeApart(
        socket,
        [...bytes].map((byte) => Uint8Array.of(byte)),
      ),
  )
  expect(record).toMatchObject({ outcome: { kind: 'ok' }, text: WORDS.join('') })
  expect(record.chunks.ns).toHaveLength(WORDS.length)
})

test('CRLF line ends, comments between events, and a byte order mark', async () => {
  const events = chatStream(WORDS).split('\n\n').filter(Boolean)
  const body = `\uFEFF${events.map((event) => `: keep-alive\r\n\r\n${event}\r\n\r\n`).join('')}`
  expect(await recordOf(whole(body))).toMatchObject({ outcome: { kind: 'ok' }, text: WORDS.join('') })
})

test('one event of 2 MB', async () => {
  const record = await recordOf(whole(chatStream(['🐎'.repeat(500_000)])))
  expect(record).toMatchObject({ outcome: { kind: 'ok' } })
  expect(Array.from(record.chunks.chars)).toEqual([1_000_000])
})

test('hangs before the headers', async () => {
  expect(await recordOf(() => {})).toMatchObject({
    outcome: { kind: 'failed', reason: 'headers-timeout', status: null },
    moments: { headersNs: null },
  })
})

test('hangs in the middle of the stream', async () => {
  const record = await recordOf((socket) =>
    socket.write(streamHead() + httpChunk(chatStream(['a']).split('"delta":{}')[0]!)),
  )
  expect(record).toMatchObject({ outcome: { reason: 'stream-timeout', status: 200 }, text: 'a' })
})

test('resets in the middle of the stream', async () => {
  const part = chatStream(WORDS)
  const record = await recordOf((socket) => {
    socket.write(streamHead() + httpChunk(part.slice(0, part.indexOf('🐎'))))
    setTimeout(() => socket.resetAndDestroy(), 30)
  })
  expect(record).toMatchObject({
    outcome: { reason: 'connection-reset', status: 200 },
    text: 'Příliš žluťoučký',
  })
})

test('resets after [DONE] but before the end of the body', async () => {
  const record = await recordOf((socket) => {
    socket.write(streamHead() + httpChunk(chatStream(WORDS)))
    setTimeout(() => socket.resetAndDestroy(), 30)
  })
  expect(record).toMatchObject({ outcome: { kind: 'ok' }, text: WORDS.join('') })
})

test('429, 500, a web page and JSON', async () => {
  const bodies: OnRequest[] = [
    whole('{"error":{"message":"slow down"}}', 'application/json', 429),
    whole('<h1>Oops</h1>', 'text/html', 500),
    whole('<h1>Welcome</h1>', 'text/html'),
    whole('{"choices":[{"message":{"content":"Hi"}}]}', 'application/json'),
  ]
  const records = await recordsOf((socket, request) => bodies[request.index]!(socket, request), 4)
  expect(records.map(({ outcome }) => outcome)).toEqual([
    { kind: 'failed', reason: 'rate-limited', detail: 'HTTP 429: slow down', status: 429 },
    { kind: 'failed', reason: 'http-status', detail: 'HTTP 500: Oops', status: 500 },
    { kind: 'failed', reason: 'not-a-stream', detail: 'content type text/html: Welcome', status: 200 },
    expect.objectContaining({ reason: 'not-a-stream', status: 200 }),
  ])
})

test('a gzip body although identity was asked for', async () => {
  const record = await recordOf(
    whole(gzipSync(chatStream(WORDS)), 'text/event-stream', 200, 'content-encoding: gzip\r\n'),
  )
  expect(record.outcome).toMatchObject({ reason: 'not-a-stream', detail: expect.stringContaining('gzip') })
})

test('closes every kept-alive connection right after its stream: 50 of 50 are ok', async () => {
  const records = await recordsOf((socket) => {
    socket.end(
      Buffer.concat([Buffer.from(streamHead()), httpChunk(chatStream(WORDS)), Buffer.from(LAST_CHUNK)]),
    )
  }, 50)
  expect(records.filter(({ outcome }) => outcome.kind === 'ok')).toHaveLength(50)
  expect(records.every(({ attempts }) => attempts <= 2)).toBe(true)
})
