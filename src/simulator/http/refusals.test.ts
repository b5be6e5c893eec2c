import { expect, test } from 'vitest'
import { chat, type Json, post, start, streamed, until } from '../../../test/servers/simulator-requests.ts'

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
