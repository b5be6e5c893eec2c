import { expect, test } from 'vitest'
import { completions } from './completions.ts'

const read = (value: unknown) => completions.readEvent(JSON.stringify(value))

test('asks for the continuation of the bare prompt', () => {
  const { path, body } = completions.encode(
    { id: 1, dueNs: null, prompt: 'Once', promptTokens: 1, outputTokens: 5 },
    { basePath: '', model: 'm', headers: {}, accepts: ['ignore_eos', 'include_usage'], extraBody: {} },
  )
  expect(path).toBe('/completions')
  expect(JSON.parse(body)).toEqual({
    model: 'm',
    prompt: 'Once',
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 5,
    ignore_eos: true,
  })
})

test('reads text, tokens by logprobs or ids, finish reason and usage', () => {
  const choice = { index: 0, text: ' upon a', logprobs: { tokens: [' upon', ' a'] }, finish_reason: null }
  expect(read({ choices: [choice] })).toMatchObject({
    text: ' upon a',
    channel: 'a',
    tokens: 2,
    finishReason: null,
  })
  expect(read({ choices: [{ text: 'x', token_ids: [1] }] })).toMatchObject({ text: 'x', tokens: 1 })
  expect(
    read({ choices: [{ text: '', finish_reason: 'stop' }], usage: { completion_tokens: 4 } }),
  ).toMatchObject({
    text: null,
    finishReason: 'stop',
    usageOutputTokens: 4,
  })
})

test('[DONE], errors and bad JSON are read as in chat completions', () => {
  expect(completions.readEvent('[DONE]').done).toBe(true)
  expect(read({ error: { message: 'no' } }).error).toBe('no')
  expect(() => completions.readEvent('{')).toThrow(SyntaxError)
})
