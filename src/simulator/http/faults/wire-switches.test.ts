import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SimulatorServer, startSimulatorServer } from '../start-simulator-server.ts'

let server: SimulatorServer
beforeAll(async () => {
  const step = { baseNs: 2e6, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }
  server = await startSimulatorServer({ step, allowFaults: true }, { countTokens: () => 3 })
})
afterAll(() => server.close())

/** The answer with each read of the body, and when it came, ms since the request. */
async function ask(fault: string, headers: Record<string, string> = {}) {
  const startMs = performance.now()
  const call = request(`${server.url}/chat/completions`, {
    method: 'POST',
    headers: { 'x-sim-fault': fault, ...headers },
  })
  call.end(
    JSON.stringify({
      model: 'sim:default',
      messages: [{ role: 'user', content: 'hello' }],
      max_tokens: 6,
      stream: true,
    }),
  )
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  const headersMs = performance.now() - startMs
  const parts: { readonly bytes: Buffer; readonly ms: number }[] = []
  for await (const bytes of response) parts.push({ bytes: bytes as Buffer, ms: performance.now() - startMs })
  const body = Buffer.concat(parts.map(({ bytes }) => bytes))
  return { response, headersMs, parts, body, text: body.toString('utf8') }
}

const tokens = (text: string) => text.match(/"content":" [a-z]+"/g)?.length ?? 0
const events = (text: string) => text.split('\n\n').filter((event) => event !== '').length

test('join-events sends several events in one write', async () => {
  const { parts, text } = await ask('join-events=3')
  expect(tokens(text)).toBe(6)
  // Role, six tokens, the end, [DONE]: nine events in three writes.
  expect(events(text)).toBe(9)
  expect(events(parts[0]!.bytes.toString())).toBe(3)
})

test('slow-headers holds headers and body back', async () => {
  const { headersMs, text } = await ask('slow-headers=150')
  expect(headersMs).toBeGreaterThan(149)
  expect([tokens(text), text.endsWith('data: [DONE]\n\n')]).toEqual([6, true])
})

test('gzip compresses for clients that accept it, event by event, and leaves others alone', async () => {
  const packed = await ask('gzip', { 'accept-encoding': 'br, gzip' })
  expect(packed.response.headers['content-encoding']).toBe('gzip')
  expect(tokens(gunzipSync(packed.body).toString())).toBe(6)
  expect(packed.parts.length).toBeGreaterThan(3)
  const plain = await ask('gzip')
  expect(plain.response.headers['content-encoding']).toBeUndefined()
  expect(tokens(plain.text)).toBe(6)
})

test('no-chunked ends the body with the connection', async () => {
  const { response, text } = await ask('no-chunked')
  expect(response.headers['transfer-encoding']).toBeUndefined()
  expect(response.headers.connection).toBe('close')
  expect([tokens(text), text.endsWith('data: [DONE]\n\n')]).toEqual([6, true])
})

test('stall-after is silent after N tokens, then everything comes', async () => {
  const { parts, text } = await ask('stall-after=2:200')
  expect([tokens(text), text.endsWith('data: [DONE]\n\n')]).toEqual([6, true])
  const gaps = parts.slice(1).map(({ ms }, i) => ms - parts[i]!.ms)
  const longest = gaps.indexOf(Math.max(...gaps))
  expect(gaps[longest]).toBeGreaterThan(180)
  expect(tokens(Buffer.concat(parts.slice(0, longest + 1).map(({ bytes }) => bytes)).toString())).toBe(2)
})

test('stall-after=0 holds the first token back', async () => {
  const { parts, text } = await ask('stall-after=0:150')
  const first = parts.find(({ bytes }) => tokens(bytes.toString()) > 0)!
  expect(first.ms).toBeGreaterThan(149)
  expect(tokens(text)).toBe(6)
})

test('split-events writes every event in so many parts', async () => {
  const { parts, text } = await ask('split-events=3')
  expect(tokens(text)).toBe(6)
  expect(parts.length).toBeGreaterThanOrEqual(2 * events(text))
})

test.each(['stall-after=2', 'stall-after=2:x', 'slow-headers', 'join-events=0', 'gzip=1'])(
  '%s is refused with what is known',
  async (fault) => {
    const { response, text } = await ask(fault)
    expect(response.statusCode).toBe(400)
    expect(text).toContain('stall-after=N:MS')
  },
)
