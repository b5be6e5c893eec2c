import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bench, type FailureReason, readRun } from '../../src/index.ts'
import { startRawServer } from '../servers/raw-server.ts'
import { temporaryFolder } from './run-metron.ts'

const SECRET = 'sk-very-secret-key-123456'

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`
const token = (text: string): string => event({ choices: [{ index: 0, delta: { content: text } }] })
const finish = (tokens: number): string =>
  `${event({ choices: [{ index: 0, delta: {}, finish_reason: 'length' }] })}${event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: tokens } })}data: [DONE]\n\n`
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n'
const GOOD = `${token('one')}${token(' two ½ 😀')}${token(' three')}${finish(3)}`

const plain = (status: string, type: string, body: string): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

/** Writes one byte a time, so that every character, event and line is split somewhere. */
function drip(socket: Socket, text: string): void {
  const bytes = Buffer.from(text)
  let at = 0
  const next = (): void => {
    if (at === bytes.length) socket.end()
    else socket.write(bytes.subarray(at, ++at), () => setImmediate(next))
  }
  next()
}

/** What the server does with a request, and what the record of that request must say. */
const BEHAVIOURS: readonly {
  name: string
  expected: 'ok' | FailureReason
  answer: (socket: Socket) => void
}[] = [
  { name: 'a good answer', expected: 'ok', answer: (socket) => socket.end(HEAD + GOOD) },
  { name: 'split at every byte', expected: 'ok', answer: (socket) => drip(socket, HEAD + GOOD) },
  { name: 'CRLF', expected: 'ok', answer: (socket) => socket.end(HEAD + GOOD.replaceAll('\n', '\r\n')) },
  {
    name: 'comments',
    expected: 'ok',
    answer: (socket) => socket.end(`${HEAD}: ping\n\n${GOOD.replaceAll('data: {', ': pong\ndata: {')}`),
  },
  {
    name: 'a huge event',
    expected: 'ok',
    answer: (socket) => socket.end(HEAD + token('x'.repeat(1_000_000)) + finish(1)),
  },
  {
    name: 'reset',
    expected: 'connection-reset',
    answer: (socket) => {
      const head = HEAD.replace('connection: close', 'transfer-encoding: chunked')
      const chunk = `${token('one').length.toString(16)}\r\n${token('one')}\r\n`
      socket.write(head + chunk, () => setTimeout(() => socket.resetAndDestroy(), 20))
    },
  },
  { name: 'truncated', expected: 'truncated', answer: (socket) => socket.end(HEAD + token('one')) },
  {
    name: 'error event',
    expected: 'error-event',
    answer: (socket) => socket.end(`${HEAD}${token('one')}${event({ error: { message: 'out of memory' } })}`),
  },
  { name: 'no token', expected: 'empty', answer: (socket) => socket.end(HEAD + finish(0)) },
  {
    name: 'broken JSON',
    expected: 'malformed-event',
    answer: (socket) => socket.end(`${HEAD}${token('one')}data: {"choices": [\n\ndata: [DONE]\n\n`),
  },
  {
    name: '429',
    expected: 'rate-limited',
    answer: (socket) =>
      socket.write(plain('429 Too Many Requests', 'application/json', '{"error":{"message":"slow down"}}')),
  },
  {
    name: '500 that repeats the key',
    expected: 'http-status',
    answer: (socket) => socket.write(plain('500 Internal Server Error', 'text/plain', `bad key ${SECRET}`)),
  },
  {
    name: 'HTML',
    expected: 'not-a-stream',
    answer: (socket) => socket.write(plain('200 OK', 'text/html', '<h1>Login</h1><script>alert(1)</script>')),
  },
  { name: 'hangs before headers', expected: 'headers-timeout', answer: () => {} },
  {
    name: 'hangs in mid-stream',
    expected: 'stream-timeout',
    answer: (socket) => void socket.write(HEAD + token('one')),
  },
]

test('every fault of a server is a record with its reason, and no secret reaches the disk', async () => {
  using folder = temporaryFolder()
  const behaviourOfId = new Map<number, (typeof BEHAVIOURS)[number]>()
  await using server = await startRawServer((socket, { text, index }) => {
    if (text.startsWith('GET ')) {
      socket.write(plain('200 OK', 'application/json', '{"data":[{"id":"fake"}]}'))
      return
    }
    const id = /x-request-id: metron-(\d+)\r\n/i.exec(text)?.[1]
    if (index < 2 || id === undefined) {
      socket.end(HEAD + GOOD)
      return
    }
    const behaviour = BEHAVIOURS[Number(id) % BEHAVIOURS.length]!
    behaviourOfId.set(Number(id), behaviour)
    behaviour.answer(socket)
  })

  const requests = 2 * BEHAVIOURS.length
  const { summary, report } = await bench(
    {
      target: { url: server.origin, headersTimeout: '1s', streamTimeout: '1s' },
      load: { arrivals: 'burst', requests, warmup: '0', drain: '20s' },
      workload: { prompt: 20, output: 3 },
      output: { runs: folder.path, name: 'faults' },
    },
    { env: { OPENAI_API_KEY: SECRET } },
  )

  const { records } = await readRun(join(folder.path, 'faults'))
  const seen = records.map(({ id, outcome }) => ({
    name: behaviourOfId.get(id)?.name,
    outcome: outcome.kind === 'ok' ? 'ok' : outcome.reason,
  }))
  expect(seen).toEqual(
    records.map(({ id }) => ({
      name: BEHAVIOURS[id % BEHAVIOURS.length]!.name,
      outcome: BEHAVIOURS[id % BEHAVIOURS.length]!.expected,
    })),
  )
  expect(summary.counts).toMatchObject({ measured: requests, ok: 10, failed: 20 })
  expect(summary.scalars.find(({ id }) => id === 'error-rate')?.value).toBeCloseTo(2 / 3, 12)
  const texts = new Set(records.filter(({ id }) => id % BEHAVIOURS.length < 4).map(({ text }) => text))
  expect(texts).toEqual(new Set(['one two ½ 😀 three']))

  for (const file of ['manifest.json', 'journal.jsonl', 'summary.json', 'report.html', 'requests.parquet'])
    expect(readFileSync(join(folder.path, 'faults', file), 'latin1')).not.toContain(SECRET)
  expect(readFileSync(report, 'utf8')).not.toContain('<script>alert')
  expect(server.requests[2]).toContain(`authorization: Bearer ${SECRET}`)
})
