import { Agent, type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SimulatorServer, startSimulatorServer } from '../start-simulator-server.ts'
import { WIRE_FAULTS } from './read-faults.ts'

let server: SimulatorServer
beforeAll(async () => {
  const step = { baseNs: 200_000, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }
  server = await startSimulatorServer({ step, allowFaults: true }, { countTokens: () => 3 })
})
afterAll(() => server.close())

interface Received {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** One entry a body callback. */
  readonly parts: string[]
  readonly text: string
  /** `end` for a complete body, else the error's code; `silent` when the test stopped waiting. */
  readonly ending: string
}

/** Sends a request with a fault over a socket of its own; `enough` ends the waiting for a silent server. */
function send(
  fault: string,
  { enough = () => false, extra = {}, agent = new Agent({ keepAlive: true }) }: SendOptions = {},
): Promise<Received> {
  return new Promise((resolve) => {
    const headers = { 'x-sim-fault': fault, 'x-request-id': fault }
    const call = request(`${server.url}/chat/completions`, { method: 'POST', agent, headers })
    call.on('error', (error) => resolve({ ...nothing, ending: (error as NodeJS.ErrnoException).code! }))
    call.on('response', (response) => {
      const parts: string[] = []
      const finish = (ending: string) =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          parts,
          text: parts.join(''),
          ending,
        })
      response.on('data', (part: Buffer) => {
        parts.push(part.toString('latin1'))
        if (enough(parts.join(''))) {
          // Silence cannot be waited for; a turn of timers is enough for what was already on its way.
          setTimeout(() => {
            finish('silent')
            call.destroy()
          }, 30)
        }
      })
      response.on('end', () => finish('end'))
      response.on('error', (error) => finish((error as NodeJS.ErrnoException).code!))
    })
    call.end(
      JSON.stringify({
        model: 'sim:default',
        messages: [{ role: 'user', content: 'hello' }],
        max_tokens: 6,
        stream: true,
        ...extra,
      }),
    )
  })
}

interface SendOptions {
  enough?: (text: string) => boolean
  extra?: object
  agent?: Agent
}

const nothing: Received = { status: 0, headers: {}, parts: [], text: '', ending: '' }
const tokens = (text: string) => text.match(/"content":" [a-z]+"/g)?.length ?? 0
const truthOf = (fault: string) => server.groundTruth().find(({ requestId }) => requestId === fault)

test('without a fault the same request has its 6 tokens', async () => {
  const { text, ending } = await send('')
  expect([tokens(text), ending, text.endsWith('data: [DONE]\n\n')]).toEqual([6, 'end', true])
})

test('reset-after resets the connection after N tokens and frees the engine', async () => {
  const { text, ending } = await send('reset-after=3')
  expect(ending).toBe('ECONNRESET')
  // A reset may throw away what the client had not read yet.
  expect(tokens(text)).toBeLessThanOrEqual(3)
  expect(truthOf('reset-after=3')).toMatchObject({ outcome: 'cancelled', outputTokens: 3 })
  expect(server.stats().running).toBe(0)
})

test('hang-headers takes the request and says nothing', async () => {
  const answered = send('hang-headers').then(() => 'answered')
  const other = await send('')
  expect(other.ending).toBe('end')
  expect(await Promise.race([answered, Promise.resolve('silent')])).toBe('silent')
})

test('hang-after sends N tokens and then nothing, with the connection open', async () => {
  const { text, ending } = await send('hang-after=2', { enough: (text) => tokens(text) === 2 })
  expect([tokens(text), ending]).toEqual([2, 'silent'])
  expect(text).not.toContain('[DONE]')
  expect(truthOf('hang-after=2')).toMatchObject({ outcome: 'cancelled', outputTokens: 2 })
})

test('truncate-after ends the body cleanly without finish reason and [DONE]', async () => {
  const { text, ending } = await send('truncate-after=4')
  expect([tokens(text), ending]).toEqual([4, 'end'])
  expect(text).not.toMatch(/"finish_reason":"|\[DONE\]/)
})

test('truncate-after works at no token and at the last one', async () => {
  const none = await send('truncate-after=0')
  expect([tokens(none.text), none.ending, none.status]).toEqual([0, 'end', 200])
  const last = await send('truncate-after=6')
  expect([tokens(last.text), last.text.includes('[DONE]')]).toEqual([6, false])
  expect(truthOf('truncate-after=6')).toMatchObject({ outcome: 'cancelled', outputTokens: 6 })
})

test('error-event-after sends an error inside the stream', async () => {
  const { text, status } = await send('error-event-after=2')
  expect([status, tokens(text)]).toEqual([200, 2])
  const [error, done] = text.split('\n\n').slice(-3)
  expect(JSON.parse(error!.slice(6)).error.type).toBe('server_error')
  expect(done).toBe('data: [DONE]')
})

test('status answers with that status, and 429 with Retry-After', async () => {
  const broken = await send('status=500')
  expect([broken.status, JSON.parse(broken.text).error.type]).toEqual([500, 'server_error'])
  const limited = await send('status=429')
  expect([limited.status, limited.headers['retry-after']]).toEqual([429, '1'])
  expect(truthOf('status=500')).toBeUndefined()
})

test('html answers with a web page', async () => {
  const { status, headers, text } = await send('html')
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(text).toContain('<!doctype html>')
})

test('empty ends well without a token', async () => {
  const { text, ending } = await send('empty')
  expect([tokens(text), ending]).toEqual([0, 'end'])
  expect(text).toContain('"finish_reason":"stop"')
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
})

test('split-bytes makes the client read single bytes', async () => {
  const { parts, text } = await send('split-bytes')
  expect(parts.every((part) => part.length === 1)).toBe(true)
  expect([tokens(text), text.endsWith('data: [DONE]\n\n')]).toEqual([6, true])
})

test('crlf ends every line with CRLF', async () => {
  const { text } = await send('crlf')
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect([tokens(text), text.endsWith('data: [DONE]\r\n\r\n')]).toEqual([6, true])
})

test('comments stand between the events, and faults can be combined', async () => {
  const { text } = await send('comments')
  expect(text.match(/^: keep-alive\n\ndata: /gm)).toHaveLength(9)
  const both = await send('comments, crlf,split-bytes')
  expect(both.text.match(/: keep-alive\r\n\r\ndata: /g)).toHaveLength(9)
  expect(both.parts[0]).toBe(':')
})

test('close-after closes a connection that was to be kept', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let connections = 0
  const create = agent.createConnection.bind(agent)
  const closed = new Promise<void>((resolve) => {
    agent.createConnection = (...args) => {
      connections++
      const socket = create(...args)!
      socket.on('close', () => resolve())
      return socket
    }
  })
  const { text, headers, ending } = await send('close-after', { agent })
  expect([tokens(text), ending, headers.connection]).toEqual([6, 'end', 'keep-alive'])
  await closed
  expect((await send('', { agent })).ending).toBe('end')
  expect((await send('', { agent })).ending).toBe('end')
  expect(connections).toBe(2)
  agent.destroy()
})

test('a fault that is unknown, lacks its number or cannot be is a 400 that lists the known ones', async () => {
  for (const fault of ['explode', 'reset-after', 'reset-after=-1', 'html=3', 'status=200', 'hang-after=x']) {
    const { status, text } = await send(fault)
    expect([fault, status]).toEqual([fault, 400])
    for (const { kind } of WIRE_FAULTS) expect(text).toContain(kind)
  }
  const whole = await send('truncate-after=2', { extra: { stream: false } })
  expect(whole.status).toBe(400)
})

test('faults are ignored unless the server allows them', async () => {
  const strict = await startSimulatorServer({}, { countTokens: () => 1 })
  const response = await fetch(`${strict.url}/chat/completions`, {
    method: 'POST',
    headers: { 'x-sim-fault': 'status=500' },
    body: JSON.stringify({ model: 'sim:default', messages: [{ role: 'user', content: 'x' }], max_tokens: 1 }),
  })
  expect(response.status).toBe(200)
  await strict.close()
})

test('rate-limit tells after how many seconds to come back', async () => {
  const { status, headers } = await send('rate-limit=7')
  expect([status, headers['retry-after']]).toEqual([429, '7'])
})

test('reset-headers resets before any header', async () => {
  expect(await send('reset-headers')).toMatchObject({ status: 0, ending: 'ECONNRESET' })
})

test('bad-json-after sends an event that cannot be read', async () => {
  const { text } = await send('bad-json-after=2')
  expect(tokens(text)).toBe(2)
  expect(text.endsWith('data: {"choices":[\n\ndata: [DONE]\n\n')).toBe(true)
})

test('invalid-utf8 puts a byte that is no UTF-8 into every token', async () => {
  const { text } = await send('invalid-utf8')
  expect(text.match(/"content":"\xff [a-z]+"/g)).toHaveLength(6)
})

test('split-events writes an event in parts that arrive apart', async () => {
  const { parts, text } = await send('split-events=3')
  expect([tokens(text), text.endsWith('data: [DONE]\n\n')]).toEqual([6, true])
  expect(parts.filter((part) => part.startsWith('data: ') && !part.includes('\n'))).not.toEqual([])
  const cut = await send('split-events=3, truncate-after=2')
  expect([tokens(cut.text), cut.ending]).toEqual([2, 'end'])
})

test('slow-drip sends byte after byte', async () => {
  const { parts, ending } = await send('slow-drip=1', { enough: (text) => text.length > 40 })
  expect([ending, parts.slice(0, 40).every((part) => part.length < 20)]).toEqual(['silent', true])
})

test('wrong-usage tells more tokens than there were', async () => {
  const { text } = await send('wrong-usage=5', { extra: { stream_options: { include_usage: true } } })
  expect([tokens(text), text.includes('"completion_tokens":11,')]).toEqual([6, true])
})

test('faults of the options strike by chance, the same requests each time for one seed', async () => {
  const struck = async (seed: number) => {
    const flaky = await startSimulatorServer({ faults: ['status=503@30%'], seed }, { countTokens: () => 1 })
    const body = '{"model":"sim:default","prompt":"x","max_tokens":1}'
    const ask = async (_: unknown, id: number) => {
      const headers = { 'x-request-id': `${id}` }
      const response = await fetch(`${flaky.url}/completions`, { method: 'POST', headers, body })
      await response.text()
      return response.status
    }
    const statuses = await Promise.all(Array.from({ length: 100 }, ask))
    await flaky.close()
    return statuses.join(' ')
  }
  const [first, again, other] = [await struck(1), await struck(1), await struck(2)]
  expect(again).toBe(first)
  expect(other).not.toBe(first)
  // Five standard deviations (4.6) around 30.
  expect(Math.abs(first.split('503').length - 1 - 30)).toBeLessThan(23)
})

test('a fault of the options that cannot be is an error of the options', async () => {
  const start = startSimulatorServer({ faults: ['reset-after=3@200%'] }, { countTokens: () => 1 })
  await expect(start).rejects.toMatchObject({ code: 'bad-config' })
})
