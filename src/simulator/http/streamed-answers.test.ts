import { expect, test } from 'vitest'
import {
  chat,
  contents,
  countTokens,
  events,
  type Json,
  post,
  start,
  streamed,
} from '../../../test/servers/simulator-requests.ts'

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
