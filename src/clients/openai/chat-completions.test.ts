import { expect, test } from 'vitest'
import type { ProtocolTarget, StreamEvent } from '../protocol.ts'
import { chatCompletions } from './chat-completions.ts'

const TARGET: ProtocolTarget = { basePath: '/v1', model: 'm', headers: {}, accepts: [], extraBody: {} }
const REQUEST = { id: 12, dueNs: 0, prompt: 'Hi "there"\n', promptTokens: 4, outputTokens: 9 }

const NOTHING: StreamEvent = {
  text: null,
  channel: 'a',
  tokens: null,
  usageOutputTokens: null,
  usagePromptTokens: null,
  usageCachedTokens: null,
  finishReason: null,
  error: null,
  done: false,
}

const read = (value: unknown) => chatCompletions.readEvent(JSON.stringify(value))
const readDelta = (delta: unknown, more: object = {}) => read({ choices: [{ index: 0, delta, ...more }] })

test('asks for a stream with a usage at its end, under the request id of the plan', () => {
  const { path, headers, body } = chatCompletions.encode(REQUEST, { ...TARGET, accepts: ['include_usage'] })
  expect(path).toBe('/v1/chat/completions')
  expect(headers).toEqual({
    'content-type': 'application/json',
    accept: 'text/event-stream',
    'x-request-id': 'metron-12',
  })
  expect(JSON.parse(body)).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Hi "there"\n' }],
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 9,
  })
})

test('sends no stream options to a server that takes none', () => {
  expect(chatCompletions.encode(REQUEST, TARGET).body).not.toContain('stream_options')
})

test('sends the optional fields that the server accepts', () => {
  const { body } = chatCompletions.encode(REQUEST, { ...TARGET, accepts: chatCompletions.optionalFields })
  expect(JSON.parse(body)).toMatchObject({
    stream_options: { include_usage: true, continuous_usage_stats: true },
    max_tokens: 9,
    min_tokens: 9,
    ignore_eos: true,
  })
  const renamed = chatCompletions.encode(REQUEST, { ...TARGET, accepts: ['max_completion_tokens'] })
  expect(JSON.parse(renamed.body)).toMatchObject({ max_completion_tokens: 9 })
  expect(renamed.body).not.toContain('"max_tokens"')
})

test('headers and extra fields of the target win', () => {
  const wire = chatCompletions.encode(REQUEST, {
    ...TARGET,
    headers: { authorization: 'Bearer k', 'x-request-id': 'mine' },
    extraBody: { temperature: 0, max_tokens: 1, stop: null },
  })
  expect(wire.headers).toMatchObject({ authorization: 'Bearer k', 'x-request-id': 'mine' })
  expect(JSON.parse(wire.body)).toMatchObject({ temperature: 0, max_tokens: 1, stop: null, model: 'm' })
})

test.for([
  [{ content: 'x' }, 'x', 'a'],
  [{ refusal: 'I cannot' }, 'I cannot', 'a'],
  [{ reasoning_content: 'hm' }, 'hm', 'r'],
  [{ reasoning: 'hm' }, 'hm', 'r'],
  [{ reasoning: 'hm', reasoning_content: 'hm', content: '' }, 'hm', 'r'],
  [{ reasoning_content: 'so', content: ' yes' }, 'so yes', 'a'],
  [{ tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '' } }] }, 'f', 't'],
  [
    { content: null, tool_calls: [{ function: { arguments: '{"a"' } }, { function: { arguments: ':1' } }] },
    '{"a":1',
    't',
  ],
  [{ function_call: { name: 'f', arguments: '{}' } }, 'f{}', 't'],
  [{ reasoning: 'so', tool_calls: [{ function: { name: 'f' } }] }, 'sof', 't'],
] as const)('the delta %j is the text %j in channel %s', ([delta, text, channel]) => {
  expect(readDelta(delta)).toEqual({ ...NOTHING, text, channel })
})

test.for([
  { role: 'assistant' },
  { role: 'assistant', content: '' },
  { content: null },
  { tool_calls: [] },
  { tool_calls: [{ id: 'c' }] },
  { content: 7 },
  {},
  null,
])('the delta %j carries no text', (delta) => {
  expect(readDelta(delta)).toEqual(NOTHING)
})

test('only the choice with index 0 counts', () => {
  const choices = [
    { index: 1, delta: { content: 'other' }, finish_reason: 'stop' },
    { index: 0, delta: { content: 'mine' } },
  ]
  expect(read({ choices })).toEqual({ ...NOTHING, text: 'mine' })
  expect(read({ choices: choices.slice(0, 1) })).toEqual(NOTHING)
  expect(read({ choices: [] })).toEqual(NOTHING)
})

test('counts tokens by token ids, else by logprobs', () => {
  const logprobs = { content: [{ token: 'a' }, { token: 'b' }], refusal: null }
  expect(readDelta({ content: 'ab' }, { logprobs }).tokens).toBe(2)
  expect(readDelta({ content: 'ab' }, { logprobs, token_ids: [5, 6, 7] }).tokens).toBe(3)
  expect(readDelta({ content: 'ab' }, { logprobs: { content: [] } }).tokens).toBeNull()
  expect(readDelta({ content: 'ab' }, { logprobs: null, token_ids: null }).tokens).toBeNull()
})

test('reads usage, with cached prompt tokens, beside content and alone', () => {
  const usage = {
    prompt_tokens: 11,
    completion_tokens: 3,
    total_tokens: 14,
    prompt_tokens_details: { cached_tokens: 8 },
  }
  const numbers = { usagePromptTokens: 11, usageOutputTokens: 3, usageCachedTokens: 8 }
  expect(read({ choices: [], usage })).toEqual({ ...NOTHING, ...numbers })
  expect(read({ choices: [{ index: 0, delta: { content: 'x' } }], usage })).toMatchObject({
    text: 'x',
    ...numbers,
  })
  expect(read({ choices: [], usage: null })).toEqual(NOTHING)
  expect(read({ choices: [], usage: { completion_tokens: -1, prompt_tokens: '3' } })).toEqual(NOTHING)
})

test('reads the finish reason, and one that says the server gave up is an error', () => {
  expect(readDelta({}, { finish_reason: 'length' })).toEqual({ ...NOTHING, finishReason: 'length' })
  expect(readDelta({}, { finish_reason: { type: 'stop', matched: 2 } }).finishReason).toBe('stop')
  expect(readDelta({}, { finish_reason: 'abort' }).error).toContain('abort')
})

test.for([
  [{ error: { message: 'out of memory', code: 500 } }, 'out of memory'],
  [{ error: 'boom' }, 'boom'],
  [{ object: 'error', message: 'gone' }, 'gone'],
  [{ error: {} }, '{}'],
  [{ error: true }, 'an error without a message'],
] as const)('the event %j is the error %j', ([event, message]) => {
  expect(read(event)).toEqual({ ...NOTHING, error: message })
})

test('an error of null beside content is no error', () => {
  expect(read({ error: null, choices: [{ index: 0, delta: { content: 'x' } }] })).toEqual({
    ...NOTHING,
    text: 'x',
  })
})

test('[DONE] ends the stream', () => {
  expect(chatCompletions.readEvent('[DONE]')).toEqual({ ...NOTHING, done: true })
})

test.for(['', '{', '[]', '3', 'null', '"x"', 'data: {}'])('%j is malformed', (data) => {
  expect(() => chatCompletions.readEvent(data)).toThrow(SyntaxError)
})
