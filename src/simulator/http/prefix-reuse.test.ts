import { expect, onTestFinished, test } from 'vitest'
import type { ServerInput } from './server-options.ts'
import { startSimulatorServer } from './start-simulator-server.ts'

/** One token a character. */
const encode = (text: string) => [...text].map((character) => character.charCodeAt(0))

async function serve(input: ServerInput) {
  const server = await startSimulatorServer(
    { model: 'sim:fast', ...input },
    { countTokens: (text) => text.length, encode },
  )
  onTestFinished(() => server.close())
  const ask = async (prompt: string | number[], stream = false) => {
    const body = {
      model: 'sim:fast',
      prompt,
      max_tokens: 2,
      stream,
      ...(stream ? { stream_options: { include_usage: true } } : {}),
    }
    const response = await fetch(`${server.url}/completions`, { method: 'POST', body: JSON.stringify(body) })
    const text = await response.text()
    const usage = /"prompt_tokens_details":\{"cached_tokens":(\d+)\}/.exec(text)
    return usage === null ? null : Number(usage[1])
  }
  return { server, ask }
}

const common = 'You are a helpful assistant. '.repeat(4)

test('a prompt that begins like an earlier one is told how many of its tokens were cached', async () => {
  const { ask } = await serve({ prefixCache: { blockTokens: 16 } })
  expect(await ask(`${common}What is rain?`)).toBe(0)
  // 116 characters in common: 7 whole blocks of 16.
  expect(await ask(`${common}Why is the sky blue?`)).toBe(112)
  expect(await ask(`${common}And snow?`, true)).toBe(112)
  expect(await ask(`Another beginning. ${common}`)).toBe(0)
})

test('token ids and text share what they have in common', async () => {
  const { ask } = await serve({ prefixCache: { blockTokens: 16 } })
  await ask(common)
  expect(await ask([...encode(common), 1, 2, 3])).toBe(112)
})

test('without a prefix cache usage tells nothing of it', async () => {
  const { ask } = await serve({})
  await ask(common)
  expect(await ask(common)).toBeNull()
})

test('prefix affinity sends equal beginnings to one replica', async () => {
  const { ask } = await serve({ replicas: 4, router: { kind: 'prefix-affinity' }, prefixCache: {} })
  await ask(`${common}1`)
  for (let i = 2; i < 8; i++) expect(await ask(`${common}${i}`)).toBe(112)
})
