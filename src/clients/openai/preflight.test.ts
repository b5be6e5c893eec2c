import { createServer } from 'node:net'
import { generate } from 'selfsigned'
import { expect, test } from 'vitest'
import {
  chatStream,
  httpChunk,
  LAST_CHUNK,
  type OnRequest,
  type RawServer,
  response,
  startRawServer,
  streamHead,
} from '../../../test/servers/raw-server.ts'
import { MetronError } from '../../errors/metron-error.ts'
import { chatCompletions } from './chat-completions.ts'
import { type PreflightOptions, preflight } from './preflight.ts'

type Answer = (body: Record<string, unknown>) => Buffer
type Routes = Readonly<Record<string, Answer | null>>

const json = (status: number, body: unknown, extra = '') =>
  response(status, 'application/json', JSON.stringify(body), extra)
const MODELS: Answer = () => json(200, { object: 'list', data: [{ id: 'llama-8b' }, { id: 'qwen-7b' }] })
const STREAM: Answer = () =>
  Buffer.concat([Buffer.from(streamHead()), httpChunk(chatStream(['Hel', 'lo'])), Buffer.from(LAST_CHUNK)])
const NOT_FOUND: Answer = () => json(404, { detail: 'Not Found' })

/** Serves `'METHOD /path'`; `null` hangs, everything else is 404. */
function serve(routes: Routes): Promise<RawServer> {
  const onRequest: OnRequest = (socket, { text }) => {
    const route = text.split(' ', 2).join(' ')
    const answer = Object.hasOwn(routes, route) ? routes[route] : NOT_FOUND
    if (answer) socket.write(answer(JSON.parse(text.split('\r\n\r\n')[1] || '{}')))
  }
  return startRawServer(onRequest)
}

const run = (url: string, options: Partial<PreflightOptions> = {}) =>
  preflight({ url, protocol: chatCompletions, ...options })

async function failure(url: string, options: Partial<PreflightOptions> = {}): Promise<MetronError> {
  const error = await run(url, options).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(MetronError)
  expect(error).toMatchObject({ code: 'preflight-failed', hint: expect.stringMatching(/./) })
  return error as MetronError
}

test('finds the API root, the first model, the accepted fields and the server, from the bare origin', async () => {
  await using server = await serve({
    'GET /v1/models': () => json(200, { data: [{ id: 'llama-8b' }, { id: 'qwen-7b' }] }),
    'POST /v1/chat/completions': () =>
      Buffer.concat([
        Buffer.from(streamHead(undefined, 'server: uvicorn\r\n')),
        httpChunk(chatStream(['Hel', 'lo'])),
        Buffer.from(LAST_CHUNK),
      ]),
  })
  const found = await run(server.origin)
  expect(found).toMatchObject({
    origin: server.origin,
    displayUrl: `${server.origin}/v1`,
    target: { basePath: '/v1', model: 'llama-8b', headers: {} },
    model: 'llama-8b',
    models: ['llama-8b', 'qwen-7b'],
    accepts: ['ignore_eos', 'min_tokens', 'continuous_usage_stats', 'include_usage'],
    serverHeader: 'uvicorn',
    sample: { outcome: { kind: 'ok' }, text: 'Hello', output: { serverTokens: 2 } },
  })
})

test('takes a given model and a pasted endpoint, and sends headers and extra fields with every request', async () => {
  await using server = await serve({ 'GET /v1/models': MODELS, 'POST /v1/chat/completions': STREAM })
  const found = await run(`${server.origin}/v1/chat/completions`, {
    model: 'qwen-7b',
    headers: { authorization: 'Bearer k' },
    extraBody: { temperature: 0 },
  })
  expect(found.model).toBe('qwen-7b')
  expect(server.requests).toHaveLength(2)
  for (const request of server.requests) expect(request).toContain('\r\nauthorization: Bearer k\r\n')
  expect(server.requests[1]).toContain('"temperature":0')
})

test('a server without a list of models is found by the given model, at the root where it answers', async () => {
  await using server = await serve({ 'POST /chat/completions': STREAM })
  const found = await run(server.origin, { model: 'mine' })
  expect(found).toMatchObject({ model: 'mine', models: [], target: { basePath: '' } })
})

test('leaves out just the optional fields that a refusal names', async () => {
  await using server = await serve({
    'GET /v1/models': MODELS,
    'POST /v1/chat/completions': (body) => {
      if ('ignore_eos' in body) return json(400, { error: { message: 'unknown argument: ignore_eos' } })
      if ('min_tokens' in body) {
        return json(422, { detail: [{ loc: ['body', 'min_tokens'], msg: 'extra fields not permitted' }] })
      }
      return STREAM(body)
    },
  })
  expect((await run(server.origin)).accepts).toEqual(['continuous_usage_stats', 'include_usage'])
})

test('asks for the usage at the end as long as the server does not refuse it too', async () => {
  const acceptsOf = async (refuses: (body: Record<string, unknown>) => boolean, message: string) => {
    await using server = await serve({
      'GET /v1/models': MODELS,
      'POST /v1/chat/completions': (body) => (refuses(body) ? json(422, { detail: message }) : STREAM(body)),
    })
    return (await run(server.origin)).accepts
  }
  const lengths = ['ignore_eos', 'min_tokens']
  expect(
    await acceptsOf(
      ({ stream_options: options }) => Object.hasOwn(options ?? {}, 'continuous_usage_stats'),
      'stream_options: unexpected field',
    ),
  ).toEqual([...lengths, 'include_usage'])
  expect(await acceptsOf((body) => 'stream_options' in body, 'stream_options: extra fields')).toEqual(lengths)
  expect(await acceptsOf((body) => 'stream_options' in body, 'bad request')).toEqual([])
})

test('leaves out all optional fields when a refusal names none', async () => {
  await using server = await serve({
    'GET /v1/models': MODELS,
    'POST /v1/chat/completions': (body) =>
      'ignore_eos' in body ? json(400, { error: 'bad request' }) : STREAM(body),
  })
  expect((await run(server.origin)).accepts).toEqual(['include_usage'])
})

test('renames max_tokens where the server asks for max_completion_tokens', async () => {
  await using server = await serve({
    'GET /v1/models': MODELS,
    'POST /v1/chat/completions': (body) => {
      if ('max_tokens' in body) {
        return json(400, { error: { message: "'max_tokens' is not supported, use 'max_completion_tokens'" } })
      }
      return 'ignore_eos' in body ? json(400, { error: { message: 'Unknown parameter' } }) : STREAM(body)
    },
  })
  expect((await run(server.origin)).accepts).toEqual(['include_usage', 'max_completion_tokens'])
})

test('a stream without a visible token passes', async () => {
  await using server = await serve({
    'GET /v1/models': MODELS,
    'POST /v1/chat/completions': () => response(200, 'text/event-stream', chatStream([])),
  })
  expect((await run(server.origin)).sample.outcome).toMatchObject({ reason: 'empty' })
})

test('refused: says so, and asks whether the server runs', async () => {
  const server = await serve({})
  const { origin } = server
  await server[Symbol.asyncDispose]()
  const error = await failure(origin)
  expect(error.message).toContain('refused the connection')
  expect(error.hint).toContain('running')
})

test('an unknown host says that its name could not be resolved', async () => {
  expect((await failure('http://no-such-host.invalid/v1')).message).toContain('could not be resolved')
})

test('TLS: a certificate of an unknown authority, and https where http is spoken', async () => {
  const pems = await generate([{ name: 'commonName', value: 'localhost' }])
  await using secure = await startRawServer(() => {}, { key: pems.private, cert: pems.cert })
  const error = await failure(secure.origin)
  expect(error.message).toContain('TLS handshake failed')
  expect(error.hint).toContain('insecure')

  // Talks back at once, as servers do that read a TLS greeting as a bad request.
  const rude = createServer((socket) => {
    socket.on('error', () => {})
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
  const { port } = rude.address() as { port: number }
  expect((await failure(`https://127.0.0.1:${port}`)).hint).toContain(`http://127.0.0.1:${port}`)
  rude.close()
})

test.for([
  [401, 'does not know this one'],
  [403, 'may not do this'],
] as const)('%d: blames the API key, without showing it', async ([status, hint]) => {
  await using server = await serve({
    'GET /v1/models': () => json(status, { error: { message: 'no access' } }),
  })
  const error = await failure(server.origin, { headers: { authorization: 'Bearer topsecret' } })
  expect(error.message).toContain(`HTTP ${status}: no access`)
  expect(error.hint).toContain(hint)
  expect(error.message + error.hint).not.toContain('topsecret')
})

test('401 on the completion alone is told as well', async () => {
  await using server = await serve({
    'GET /v1/models': MODELS,
    'POST /v1/chat/completions': () => json(401, { error: { message: 'no key' } }),
  })
  expect((await failure(server.origin)).message).toContain(
    'POST /v1/chat/completions failed: HTTP 401: no key',
  )
})

test('404 everywhere: says that nothing is served at the path', async () => {
  await using server = await serve({})
  for (const options of [{}, { model: 'm' }]) {
    const error = await failure(`${server.origin}/v1`, options)
    expect(error.message).toMatch(/\/v1\/(models|chat\/completions) failed: HTTP 404: Not Found/)
    expect(error.hint).toContain('/v1')
  }
})

test('a model that the server does not have: names the nearest and lists the others', async () => {
  await using server = await serve({
    'GET /v1/models': MODELS,
    'POST /v1/chat/completions': () =>
      json(404, { error: { message: 'The model `lama-8b` does not exist.' } }),
  })
  const error = await failure(server.origin, { model: 'lama-8b' })
  expect(error.message).toContain('does not have the model "lama-8b"')
  expect(error.hint).toBe('Did you mean "llama-8b"? The server has "llama-8b", "qwen-7b".')
})

test('a server with no model at all asks for one', async () => {
  await using server = await serve({ 'GET /v1/models': () => json(200, { data: [] }) })
  expect((await failure(server.origin)).message).toContain('lists no model')
})

test('a server that does not stream', async () => {
  await using server = await serve({
    'GET /v1/models': MODELS,
    'POST /v1/chat/completions': () => json(200, { choices: [{ message: { content: 'Hello' } }] }),
  })
  const error = await failure(server.origin)
  expect(error.message).toContain('application/json')
  expect(error.hint).toContain('enable streaming')
})

test('a web page instead of an API', async () => {
  const page: Answer = () => response(200, 'text/html; charset=utf-8', '<title>Welcome</title>')
  await using server = await serve({
    'GET /v1/models': page,
    'GET /models': page,
    'POST /v1/chat/completions': page,
  })
  for (const options of [{}, { model: 'm' }]) {
    const error = await failure(server.origin, options)
    expect(error.message).toContain('Welcome')
    expect(error.hint).toContain('web page')
  }
})

test('a server that is not ready', async () => {
  await using server = await serve({
    'GET /v1/models': MODELS,
    'POST /v1/chat/completions': () => json(503, { error: { message: 'Loading model' } }),
  })
  const error = await failure(server.origin)
  expect(error.message).toContain('HTTP 503: Loading model')
  expect(error.hint).toContain('loading')
})

test.for([
  ['GET /v1/models', { 'GET /v1/models': null }],
  ['POST /v1/chat/completions', { 'GET /v1/models': MODELS, 'POST /v1/chat/completions': null }],
] as const)(
  'a server that hangs on %s fails when the time is up, not when a timer of the transport comes',
  async ([, routes]) => {
    await using server = await serve(routes)
    const startMs = performance.now()
    const error = await failure(server.origin, { timeoutNs: 300e6 })
    expect(error.message).toContain('gave up after')
    expect(error.hint).toContain('loading its model')
    expect(performance.now() - startMs).toBeGreaterThan(290)
  },
)

test('user and password in the URL are sent but never shown', async () => {
  await using server = await serve({ 'GET /v1/models': MODELS })
  const error = await failure(server.origin.replace('//', '//jan:topsecret@'))
  expect(server.requests[0]).toContain(
    `authorization: Basic ${Buffer.from('jan:topsecret').toString('base64')}`,
  )
  expect(`${error.message} ${error.hint} ${error.stack}`).not.toMatch(/topsecret|amFuO/)
})
