import { afterEach, expect, test } from 'vitest'
import { ANSWER_WORDS } from '../answer-words.ts'
import type { ServerInput } from './server-options.ts'
import { type SimulatorServer, startSimulatorServer } from './start-simulator-server.ts'

const QUICK = { baseNs: 200_000, prefillTokenNs: 1000, prefillPairNs: 0, sequenceNs: 100, contextTokenNs: 1 }
const servers: SimulatorServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

// biome-ignore lint/suspicious/noExplicitAny: events are read field by field
type Json = any

/** Events that carry text, of a stream of five tokens, two an event. */
async function textEvents(
  path: '/chat/completions' | '/completions',
  input: ServerInput,
  extra: object = {},
) {
  const all = await allEvents(path, input, extra)
  return all.filter(({ choices: [choice] }) => choice && (choice.text || choice.delta?.content))
}

async function allEvents(path: string, input: ServerInput, extra: object): Promise<Json[]> {
  const server = await startSimulatorServer(
    { step: QUICK, tokensPerEvent: 2, ...input },
    { countTokens: () => 3 },
  )
  servers.push(server)
  const prompt = path === '/completions' ? { prompt: 'x' } : { messages: [{ role: 'user', content: 'x' }] }
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    body: JSON.stringify({ model: 'sim:default', ...prompt, stream: true, max_tokens: 5, ...extra }),
  })
  expect(response.status).toBe(200)
  const data = (await response.text()).split('\n\n').filter((event) => event.startsWith('data: {'))
  return data.map((event) => JSON.parse(event.slice(6)))
}

const textOf = ({ choices: [choice] }: Json): string => choice.text ?? choice.delta.content
const wordsOf = (event: Json): string[] => textOf(event).match(/ \w+/g)!

test.each(['/chat/completions', '/completions'] as const)(
  '%s tells token ids when asked, one for each word of an event, as vLLM does',
  async (path) => {
    const events = await textEvents(path, {}, { return_token_ids: true })
    expect(events.map(({ choices }) => choices[0].token_ids.length)).toEqual([2, 2, 1])
    for (const event of events) {
      const words = event.choices[0].token_ids.map((id: number) => ` ${ANSWER_WORDS[id]}`)
      expect(words).toEqual(wordsOf(event))
      expect(event.choices[0].logprobs).toBeNull()
    }
  },
)

test('chat tells logprobs when asked, in the shape of OpenAI', async () => {
  const events = await textEvents('/chat/completions', {}, { logprobs: true })
  expect(events).toHaveLength(3)
  for (const event of events) {
    const { content } = event.choices[0].logprobs
    expect(content.map(({ token }: Json) => token)).toEqual(wordsOf(event))
    expect('token_ids' in event.choices[0]).toBe(false)
  }
})

test.each([0, 1])('completions tell logprobs when asked for %i alternatives', async (logprobs) => {
  const events = await textEvents('/completions', {}, { logprobs })
  expect(events).toHaveLength(3)
  for (const event of events) {
    expect(event.choices[0].logprobs.tokens).toEqual(wordsOf(event))
    expect(event.choices[0].logprobs.token_logprobs).toHaveLength(wordsOf(event).length)
  }
})

test('both may be asked for', async () => {
  const [event] = await textEvents('/chat/completions', {}, { logprobs: true, return_token_ids: true })
  expect(event.choices[0].token_ids).toHaveLength(2)
  expect(event.choices[0].logprobs.content).toHaveLength(2)
})

test.each(['/chat/completions', '/completions'] as const)(
  '%s tells nothing of tokens unless asked, or when the server cannot',
  async (path) => {
    const asked = { return_token_ids: true, logprobs: path === '/completions' ? 1 : true }
    for (const events of [await textEvents(path, {}), await textEvents(path, { tokenInfo: 'none' }, asked)]) {
      expect(events).toHaveLength(3)
      for (const { choices } of events) {
        expect(choices[0].logprobs).toBeNull()
        expect('token_ids' in choices[0]).toBe(false)
      }
    }
  },
)

test('a server may tell token ids or logprobs unasked', async () => {
  const [ids] = await textEvents('/chat/completions', { tokenInfo: 'token-ids' })
  expect(ids.choices[0].token_ids).toHaveLength(2)
  const [logprobs] = await textEvents('/completions', { tokenInfo: 'logprobs' })
  expect(logprobs.choices[0].logprobs.tokens).toHaveLength(2)
})

const BOTH_USAGES = { stream_options: { include_usage: true, continuous_usage_stats: true } }

test('a server with running usage tells it in every event and at the end', async () => {
  const events = await allEvents('/chat/completions', {}, BOTH_USAGES)
  const withText = events.filter(({ choices: [choice] }) => choice?.delta.content)
  expect(withText.map(({ usage }) => usage.completion_tokens)).toEqual([2, 4, 5])
  expect(events.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 5 } })
})

test('a server with a final usage alone tells null until the end', async () => {
  const events = await allEvents('/chat/completions', { usage: 'final' }, BOTH_USAGES)
  expect(events.slice(1, -1).every(({ usage }) => usage === null)).toBe(true)
  expect(events.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 5 } })
})

test('a server without usage ignores that it was asked', async () => {
  const events = await allEvents('/chat/completions', { usage: 'none' }, BOTH_USAGES)
  expect(events.some((event) => 'usage' in event)).toBe(false)
})
