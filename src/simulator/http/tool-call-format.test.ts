import { expect, onTestFinished, test } from 'vitest'
import { startSimulatorServer } from './start-simulator-server.ts'

async function ask(stream: boolean, tokensPerEvent = 1) {
  const server = await startSimulatorServer(
    { model: 'sim:fast', toolCalls: true, tokensPerEvent },
    { countTokens: () => 3 },
  )
  onTestFinished(() => server.close())
  const body = JSON.stringify({
    model: 'sim:fast',
    messages: [{ role: 'user', content: 'hello' }],
    max_tokens: 7,
    stream,
  })
  return (await fetch(`${server.url}/chat/completions`, { method: 'POST', body })).text()
}

test.each([1, 2, 3, 7, 9])(
  'a streamed call has its name first and arguments that are one JSON object, %i tokens an event',
  async (tokensPerEvent) => {
    const events = (await ask(true, tokensPerEvent))
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
      .map((event) => JSON.parse(event.slice(6)).choices[0])
    const calls = events.flatMap(({ delta }) => delta.tool_calls ?? [])
    expect(calls[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'search' } })
    expect(calls.slice(1).every((call) => call.function.name === undefined)).toBe(true)
    expect(calls).toHaveLength(Math.ceil(7 / tokensPerEvent))
    const { query } = JSON.parse(calls.map((call) => call.function.arguments).join(''))
    expect(query.trim().split(' ')).toHaveLength(7)
    expect(events.at(-1).finish_reason).toBe('tool_calls')
  },
)

test('a whole answer holds the same call', async () => {
  const { choices } = JSON.parse(await ask(false))
  const [call] = choices[0].message.tool_calls
  expect(JSON.parse(call.function.arguments).query.trim().split(' ')).toHaveLength(7)
  expect([choices[0].message.content, choices[0].finish_reason]).toEqual([null, 'tool_calls'])
})
