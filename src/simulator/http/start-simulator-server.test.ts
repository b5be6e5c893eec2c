import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createEngineParts, engineOptions } from '../engine-options.ts'
import { simulate } from '../simulate-run.ts'
import type { ServerInput } from './server-options.ts'
import { type SimulatorServer, startSimulatorServer } from './start-simulator-server.ts'

/** Steps of a fifth of a millisecond. */
const QUICK = { baseNs: 200_000, prefillTokenNs: 1000, prefillPairNs: 0, sequenceNs: 100, contextTokenNs: 1 }
const countTokens = (text: string) => text.split(/\s+/).filter((word) => word !== '').length

const servers: SimulatorServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function start(input: ServerInput = {}, lines: string[] = []): Promise<SimulatorServer> {
  const services = { countTokens, writeGroundTruth: (line: string) => void lines.push(line) }
  const server = await startSimulatorServer({ step: QUICK, ...input }, services)
  servers.push(server)
  return server
}

function post(server: SimulatorServer, path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

const chat = (extra: object = {}) => ({
  model: 'sim:default',
  messages: [{ role: 'user', content: 'one two three' }],
  max_tokens: 5,
  ...extra,
})
const streamed = (extra: object = {}) => chat({ stream: true, ...extra })

// biome-ignore lint/suspicious/noExplicitAny: events are read field by field
type Json = any

/** The payloads of a stream's events, JSON ones parsed. */
async function events(response: Response): Promise<Json[]> {
  const text = await response.text()
  expect(text.endsWith('\n\n')).toBe(true)
  return text
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => {
      expect(event.startsWith('data: ')).toBe(true)
      const data = event.slice(6)
      return data === '[DONE]' ? data : JSON.parse(data)
    })
}

const contents = (all: Json[]) =>
  all.map((event) => event.choices?.[0]?.delta?.content).filter((content) => content)

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}

test('health and models answer', async () => {
  const server = await start({ limits: { contextTokens: 1000 } })
  const health = await fetch(server.url.replace('/v1', '/health'))
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  const models = (await (await fetch(`${server.url}/models`)).json()) as Json
  expect(models.object).toBe('list')
  expect(models.data[0]).toMatchObject({ id: 'sim:default', object: 'model', max_model_len: 1000 })
})

test('a chat stream is a role, one token an event, a finish reason and [DONE]', async () => {
  const server = await start()
  const response = await post(server, '/chat/completions', streamed())
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const all = await events(response)
  expect(all).toHaveLength(8)
  expect(all[0].choices[0].delta).toEqual({ role: 'assistant', content: '' })
  expect(contents(all)).toHaveLength(5)
  expect(contents(all).every((content) => /^ [a-z]+$/.test(content))).toBe(true)
  expect(all[6].choices[0]).toMatchObject({ delta: {}, finish_reason: 'length' })
  expect(all[7]).toBe('[DONE]')
  const heads = all.slice(0, 7).map(({ id, object, model, created }) => [id, object, model, created])
  expect(new Set(heads.map(String)).size).toBe(1)
  expect(heads[0]!.slice(0, 3)).toEqual(['chatcmpl-sim-0', 'chat.completion.chunk', 'sim:default'])
  expect(all.slice(0, -1).some((event) => 'usage' in event)).toBe(false)
})

test('a text completion stream has no role event', async () => {
  const server = await start()
  const body = { model: 'sim:default', prompt: 'one two', max_tokens: 2, stream: true }
  const all = await events(await post(server, '/completions', body))
  expect(all.map((event) => event.choices?.[0].finish_reason)).toEqual([null, null, 'length', undefined])
  expect(all[0]).toMatchObject({ id: 'cmpl-sim-0', object: 'text_completion' })
  expect(all[0].choices[0].text).toMatch(/^ [a-z]+$/)
})

test('include_usage adds a last event without choices, and a null usage to the others, as OpenAI does', async () => {
  const server = await start()
  const body = streamed({ stream_options: { include_usage: true } })
  const all = await events(await post(server, '/chat/completions', body))
  expect(all.at(-2)).toMatchObject({
    choices: [],
    usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
  })
  expect(all.slice(1, -2).every((event) => event.usage === null)).toBe(true)
})

test('continuous_usage_stats puts the count so far into every event', async () => {
  const server = await start({ tokensPerEvent: 2 })
  const body = streamed({ stream_options: { include_usage: true, continuous_usage_stats: true } })
  const all = await events(await post(server, '/chat/completions', body))
  const counts = all.slice(1, -1).map((event) => event.usage.completion_tokens)
  expect(counts).toEqual([2, 4, 5, 5, 5])
})

test('tokensPerEvent joins tokens, and the last event has the rest', async () => {
  const server = await start({ tokensPerEvent: 4 })
  const all = await events(await post(server, '/chat/completions', streamed({ max_tokens: 10 })))
  expect(contents(all).map(countTokens)).toEqual([4, 4, 2])
})

test('the first reasoningTokens go out as reasoning_content, never mixed with the answer in one event', async () => {
  const server = await start({ reasoningTokens: 3, tokensPerEvent: 2 })
  const body = streamed({ stream_options: { include_usage: true } })
  const all = await events(await post(server, '/chat/completions', body))
  const deltas = all.slice(1, 5).map((event) => Object.keys(event.choices[0].delta)[0])
  expect(deltas).toEqual(['reasoning_content', 'reasoning_content', 'content', undefined])
  expect(all.at(-2).usage.completion_tokens_details).toEqual({ reasoning_tokens: 3 })
  const whole = (await (await post(server, '/chat/completions', chat())).json()) as Json
  const { content, reasoning_content } = whole.choices[0].message
  expect([countTokens(content), countTokens(reasoning_content)]).toEqual([2, 3])
})

test('the role event can wait for the first token or stay away', async () => {
  for (const [roleEvent, roles] of [
    ['with-first-token', 1],
    ['none', 0],
  ] as const) {
    const all = await events(await post(await start({ roleEvent }), '/chat/completions', streamed()))
    expect(all.filter((event) => event.choices?.[0].delta.role === 'assistant')).toHaveLength(roles)
    expect(contents(all)).toHaveLength(5)
  }
})

test('answers that are not streamed come as one body with usage', async () => {
  const server = await start()
  const message = (await (await post(server, '/chat/completions', chat())).json()) as Json
  expect(message).toMatchObject({
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant' }, finish_reason: 'length' }],
    usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
  })
  expect(countTokens(message.choices[0].message.content)).toBe(5)
  const body = { model: 'sim:default', prompt: [1, 2, 3, 4], max_tokens: 3 }
  const text = (await (await post(server, '/completions', body)).json()) as Json
  expect(text).toMatchObject({ object: 'text_completion', usage: { prompt_tokens: 4, completion_tokens: 3 } })
  expect(countTokens(text.choices[0].text)).toBe(3)
})

test('the length is max_completion_tokens, else max_tokens, else the default', async () => {
  const server = await start({ defaultMaxTokens: 7 })
  const lengths = [
    { max_tokens: 9, max_completion_tokens: 4 },
    { max_tokens: 3 },
    { max_tokens: null },
    { max_tokens: undefined },
  ].map(async (extra) => {
    const answer = (await (await post(server, '/chat/completions', chat(extra))).json()) as Json
    return answer.usage.completion_tokens
  })
  expect(await Promise.all(lengths)).toEqual([4, 3, 7, 7])
})

test('content in parts and answers of tools are counted', async () => {
  const server = await start()
  const messages = [
    { role: 'system', content: [{ type: 'text', text: 'a b' }, { type: 'image_url' }] },
    { role: 'assistant', content: null },
    { role: 'user', content: 'c d e' },
  ]
  const answer = (await (await post(server, '/chat/completions', chat({ messages }))).json()) as Json
  expect(answer.usage.prompt_tokens).toBe(5)
})

test('with eosProbability an answer may stop early, not before min_tokens and not with ignore_eos', async () => {
  const server = await start({ eosProbability: 0.5 })
  const run = async (extra: object, id: string) => {
    const body = chat({ max_tokens: 40, ...extra })
    const response = await post(server, '/chat/completions', body, { 'x-request-id': id })
    const answer = (await response.json()) as Json
    return [answer.usage.completion_tokens, answer.choices[0].finish_reason]
  }
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  const free = await Promise.all(ids.map((id) => run({}, id)))
  expect(free.every(([tokens, reason]) => tokens >= 1 && tokens < 40 && reason === 'stop')).toBe(true)
  expect(await Promise.all(ids.map((id) => run({}, id)))).toEqual(free)
  const long = await Promise.all(ids.map((id) => run({ min_tokens: 20 }, id)))
  expect(long.every(([tokens]) => tokens >= 20)).toBe(true)
  expect(await run({ ignore_eos: true }, 'a')).toEqual([40, 'length'])
})

const failures: [what: string, status: number, param: string | null, code: string | null, body: unknown][] = [
  ['malformed JSON', 400, null, null, '{"model":'],
  ['a body that is no object', 400, 'body', null, '[]'],
  ['no messages', 400, 'messages', null, { model: 'sim:default' }],
  ['empty messages', 400, 'messages', null, chat({ messages: [] })],
  ['a message that is no object', 400, 'messages[0]', null, chat({ messages: ['hi'] })],
  [
    'content of a wrong type',
    400,
    'messages[0].content',
    null,
    chat({ messages: [{ role: 'user', content: 3 }] }),
  ],
  ['max_tokens of 0', 400, 'max_tokens', null, chat({ max_tokens: 0 })],
  ['max_tokens as text', 400, 'max_tokens', null, chat({ max_tokens: '5' })],
  ['min_tokens above max_tokens', 400, 'min_tokens', null, chat({ min_tokens: 6 })],
  ['two choices', 400, 'n', null, chat({ n: 2 })],
  ['stream_options without stream', 400, 'stream_options', null, chat({ stream_options: {} })],
  ['no model', 400, 'model', null, chat({ model: undefined })],
  ['an unknown model', 404, 'model', 'model_not_found', chat({ model: 'gpt' })],
  ['too long an answer', 400, 'messages', 'context_length_exceeded', chat({ max_tokens: 98 })],
  [
    'too long a prompt',
    400,
    'messages',
    'context_length_exceeded',
    {
      model: 'sim:default',
      messages: [{ role: 'user', content: 'word '.repeat(100) }],
    },
  ],
]

test.each(failures)('%s is a %d in the shape of OpenAI', async (_what, status, param, code, body) => {
  const server = await start({ limits: { contextTokens: 100 } })
  const response = await post(server, '/chat/completions', body)
  expect(response.status).toBe(status)
  const { error } = (await response.json()) as Json
  expect(error).toMatchObject({ type: 'invalid_request_error', param, code })
  expect(error.message.length).toBeGreaterThan(10)
  expect(response.headers.get('x-request-id')).toBe('sim-0')
})

test('unknown paths are 404 and wrong methods 405 with Allow', async () => {
  const server = await start()
  expect((await fetch(`${server.url}/nothing`)).status).toBe(404)
  expect((await post(server, '/embeddings', {})).status).toBe(404)
  const response = await fetch(`${server.url}/chat/completions`)
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('a missing or wrong key is 401, except for health', async () => {
  const server = await start({ apiKey: 'secret' })
  const status = async (headers: Record<string, string>) =>
    (await post(server, '/chat/completions', chat(), headers)).status
  expect(await status({})).toBe(401)
  expect(await status({ authorization: 'Bearer wrong' })).toBe(401)
  expect(await status({ authorization: 'Bearer secret' })).toBe(200)
  expect((await fetch(`${server.url}/models`)).status).toBe(401)
  expect((await fetch(server.url.replace('/v1', '/health'))).status).toBe(200)
})

test('a huge body is 413, with its length announced or not', async () => {
  const server = await start({ maxBodyBytes: 1000 })
  const huge = chat({ pad: 'x'.repeat(200_000) })
  expect((await post(server, '/chat/completions', huge)).status).toBe(413)
  const chunked = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    body: new Blob([JSON.stringify(huge)]).stream(),
    duplex: 'half',
  } as RequestInit)
  expect(chunked.status).toBe(413)
  expect((await post(server, '/chat/completions', chat())).status).toBe(200)
})

test('a full queue is 429 with Retry-After', async () => {
  const server = await start({ limits: { maxBatch: 1, maxQueue: 1 } })
  const first = await post(server, '/chat/completions', streamed({ max_tokens: 100_000 }))
  await until(() => server.stats().running === 1)
  const second = post(server, '/chat/completions', chat())
  await until(() => server.stats().waiting === 1)
  const third = await post(server, '/chat/completions', chat())
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '1'])
  expect(((await third.json()) as Json).error.code).toBe('rate_limit_exceeded')
  await first.body!.cancel()
  expect((await second).status).toBe(200)
  expect(server.stats()).toMatchObject({ accepted: 2, finished: 1, cancelled: 1, refused: 1, running: 0 })
  expect(server.stats().kvUsedTokens).toBe(0)
})

test('a client that leaves frees its slot for the one that waits', async () => {
  const server = await start({ limits: { maxBatch: 1 } })
  const abort = new AbortController()
  const leaving = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify(streamed({ max_tokens: 100_000 })),
    headers: { 'x-request-id': 'leaving' },
    signal: abort.signal,
  })
  const waiting = post(server, '/chat/completions', chat(), { 'x-request-id': 'waiting' })
  await until(() => server.stats().waiting === 1)
  abort.abort()
  expect((await waiting).status).toBe(200)
  await leaving.text().catch(() => {})
  await until(() => server.groundTruth().length === 2)
  const [first, second] = server.groundTruth()
  expect(first).toMatchObject({ requestId: 'leaving', outcome: 'cancelled' })
  expect(second).toMatchObject({ requestId: 'waiting', outcome: 'finished', outputTokens: 5 })
  expect(first!.outputTokens).toBeLessThan(100_000)
})

test('ground truth of real time equals the virtual run of the same arrivals to the nanosecond', async () => {
  const engine = { step: QUICK, limits: { maxBatch: 3, kvTokens: 200, contextTokens: 200 } }
  const lines: string[] = []
  const server = await start(engine, lines)
  const sends = Array.from({ length: 40 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 2))
    const content = 'word '.repeat(1 + ((index * 7) % 60))
    const body = streamed({ messages: [{ role: 'user', content }], max_tokens: 1 + ((index * 5) % 20) })
    return contents(await events(await post(server, '/chat/completions', body))).length
  })
  const received = await Promise.all(sends)
  const truth = [...server.groundTruth()].sort((a, b) => a.receivedNs - b.receivedNs)
  expect(lines.map((line) => JSON.parse(line))).toEqual(server.groundTruth())
  const requests = truth.map(({ receivedNs, promptTokens, outputTokens }, id) => {
    return { id, dueNs: receivedNs, promptTokens, outputTokens }
  })
  const virtual = simulate(requests, createEngineParts(engineOptions.parse(engine)))
  expect(truth.map(({ tokenPlannedNs }) => tokenPlannedNs)).toEqual(
    virtual.map(({ tokenNs }) => [...tokenNs]),
  )
  expect(truth.map(({ prefillStartNs }) => prefillStartNs)).toEqual(
    virtual.map(({ prefillStartNs }) => prefillStartNs),
  )
  for (const { tokenPlannedNs, tokenWrittenNs, outcome, outputTokens } of truth) {
    expect([outcome, tokenWrittenNs.length]).toEqual(['finished', outputTokens])
    expect(tokenWrittenNs.every((writtenNs, index) => writtenNs >= tokenPlannedNs[index]!)).toBe(true)
  }
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  expect(sum(received)).toBe(sum(truth.map(({ outputTokens }) => outputTokens)))
})

test('the request id of the client names the answer and the truth', async () => {
  const server = await start()
  const response = await post(server, '/chat/completions', chat(), { 'x-request-id': 'run "7"/3' })
  expect(response.headers.get('x-request-id')).toBe('run "7"/3')
  expect(((await response.json()) as Json).id).toBe('chatcmpl-run "7"/3')
  expect(server.groundTruth()[0]!.requestId).toBe('run "7"/3')
})

/** Sends raw bytes and returns all that comes until the server closes or `enough` is met. */
function raw(server: SimulatorServer, bytes: string, enough: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (part) => {
      text += part.toString('latin1')
      if (enough(text)) socket.destroy()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

function rawPost(version: string): string {
  const body = JSON.stringify(streamed())
  const head = `POST /v1/chat/completions HTTP/${version}\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`
  return head + body
}

test('pipelined requests are answered one after the other on one connection', async () => {
  const server = await start()
  const done = (text: string) => text.split('[DONE]').length === 3 && text.endsWith('0\r\n\r\n')
  const text = await raw(server, rawPost('1.1') + rawPost('1.1'), done)
  const [first, second] = text.split('HTTP/1.1 200 OK').slice(1)
  expect(first!.match(/chatcmpl-sim-0/g)).toHaveLength(7)
  expect(second!.match(/chatcmpl-sim-1/g)).toHaveLength(7)
})

test('an HTTP/1.0 client gets a body without chunks that ends with the connection', async () => {
  const server = await start()
  const text = await raw(server, rawPost('1.0'), () => false)
  const body = text.slice(text.indexOf('\r\n\r\n') + 4)
  expect(body.split('\n\n')).toHaveLength(9)
  expect(body.startsWith('data: {')).toBe(true)
  expect(body.endsWith('data: [DONE]\n\n')).toBe(true)
})

test('an idle connection is kept open for the time that the option says', async () => {
  const server = await start({ keepAliveTimeoutNs: 1e9 })
  const response = await fetch(`${server.url}/models`)
  expect(response.headers.get('keep-alive')).toBe('timeout=1')
  await response.text()
})

test('close cuts what is under way, frees the port and may be called twice', async () => {
  const server = await start()
  const response = await post(server, '/chat/completions', streamed({ max_tokens: 100_000 }))
  await Promise.all([server.close(), server.close()])
  await expect(response.text()).rejects.toThrow()
  expect(server.groundTruth()[0]!.outcome).toBe('cancelled')
  const again = await start({ port: server.port })
  expect(again.port).toBe(server.port)
})

test('a port in use and a wrong option are errors with a code', async () => {
  const server = await start()
  await expect(start({ port: server.port })).rejects.toMatchObject({ code: 'run-failed' })
  await expect(start({ port: -1 })).rejects.toMatchObject({ code: 'bad-config' })
  await expect(start({ model: 'sim:none' })).rejects.toMatchObject({ code: 'bad-config' })
})
