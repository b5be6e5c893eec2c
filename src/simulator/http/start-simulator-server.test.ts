import { connect } from 'node:net'
import { expect, test } from 'vitest'
import {
  chat,
  contents,
  events,
  type Json,
  post,
  QUICK,
  start,
  streamed,
  until,
} from '../../../test/servers/simulator-requests.ts'
import { createEngineParts, engineOptions } from '../engine-options.ts'
import { simulate } from '../simulate-run.ts'
import type { SimulatorServer } from './start-simulator-server.ts'

test('a client that leaves frees its slot for the one that waits', async () => {
  const server = await start({ limits: { maxBatch: 1 } })
  const abort = new AbortController()
  const leaving = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify(streamed({ max_tokens: 100_000 })),
    headers: { 'x-request-id': 'leaving' },
    signal: abort.signal,
  })
  const waiting = post(server, '/chat/completions', chat(), { 'x-request-id': 'waiting' })
  await until(() => server.stats().waiting === 1)
  abort.abort()
  expect((await waiting).status).toBe(200)
  await leaving.text().catch(() => {})
  await until(() => server.groundTruth().length === 2)
  const [first, second] = server.groundTruth()
  expect(first).toMatchObject({ requestId: 'leaving', outcome: 'cancelled' })
  expect(second).toMatchObject({ requestId: 'waiting', outcome: 'finished', outputTokens: 5 })
  expect(first!.outputTokens).toBeLessThan(100_000)
})

test('ground truth of real time equals the virtual run of the same arrivals to the nanosecond', async () => {
  const engine = { step: QUICK, limits: { maxBatch: 3, kvTokens: 200, contextTokens: 200 } }
  const lines: string[] = []
  const server = await start(engine, lines)
  const sends = Array.from({ length: 40 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 2))
    const content = 'word '.repeat(1 + ((index * 7) % 60))
    const body = streamed({ messages: [{ role: 'user', content }], max_tokens: 1 + ((index * 5) % 20) })
    return contents(await events(await post(server, '/chat/completions', body))).length
  })
  const received = await Promise.all(sends)
  const truth = [...server.groundTruth()].sort((a, b) => a.receivedNs - b.receivedNs)
  expect(lines.map((line) => JSON.parse(line))).toEqual(server.groundTruth())
  const requests = truth.map(({ receivedNs, promptTokens, outputTokens }, id) => {
    return { id, dueNs: receivedNs, promptTokens, outputTokens }
  })
  const virtual = simulate(requests, createEngineParts(engineOptions.parse(engine)))
  expect(truth.map(({ tokenPlannedNs }) => tokenPlannedNs)).toEqual(
    virtual.map(({ tokenNs }) => [...tokenNs]),
  )
  expect(truth.map(({ prefillStartNs }) => prefillStartNs)).toEqual(
    virtual.map(({ prefillStartNs }) => prefillStartNs),
  )
  for (const { tokenPlannedNs, tokenWrittenNs, outcome, outputTokens } of truth) {
    expect([outcome, tokenWrittenNs.length]).toEqual(['finished', outputTokens])
    expect(tokenWrittenNs.every((writtenNs, index) => writtenNs >= tokenPlannedNs[index]!)).toBe(true)
  }
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  expect(sum(received)).toBe(sum(truth.map(({ outputTokens }) => outputTokens)))
})

test('the request id of the client names the answer and the truth', async () => {
  const server = await start()
  const response = await post(server, '/chat/completions', chat(), { 'x-request-id': 'run "7"/3' })
  expect(response.headers.get('x-request-id')).toBe('run "7"/3')
  expect(((await response.json()) as Json).id).toBe('chatcmpl-run "7"/3')
  expect(server.groundTruth()[0]!.requestId).toBe('run "7"/3')
})

test('pipelined requests are answered one after the other on one connection', async () => {
  const server = await start()
  const done = (text: string) => text.split('[DONE]').length === 3 && text.endsWith('0\r\n\r\n')
  const text = await raw(server, rawPost('1.1') + rawPost('1.1'), done)
  const [first, second] = text.split('HTTP/1.1 200 OK').slice(1)
  expect(first!.match(/chatcmpl-sim-0/g)).toHaveLength(7)
  expect(second!.match(/chatcmpl-sim-1/g)).toHaveLength(7)
})

test('an HTTP/1.0 client gets a body without chunks that ends with the connection', async () => {
  const server = await start()
  const text = await raw(server, rawPost('1.0'), () => false)
  const body = text.slice(text.indexOf('\r\n\r\n') + 4)
  expect(body.split('\n\n')).toHaveLength(9)
  expect(body.startsWith('data: {')).toBe(true)
  expect(body.endsWith('data: [DONE]\n\n')).toBe(true)
})

test('an idle connection is kept open for the time that the option says', async () => {
  const server = await start({ keepAliveTimeoutNs: 1e9 })
  const response = await fetch(`${server.url}/models`)
  expect(response.headers.get('keep-alive')).toBe('timeout=1')
  await response.text()
})

test('close cuts what is under way, frees the port and may be called twice', async () => {
  const server = await start()
  const response = await post(server, '/chat/completions', streamed({ max_tokens: 100_000 }))
  await Promise.all([server.close(), server.close()])
  await expect(response.text()).rejects.toThrow()
  expect(server.groundTruth()[0]!.outcome).toBe('cancelled')
  const again = await start({ port: server.port })
  expect(again.port).toBe(server.port)
})

test('a port in use and a wrong option are errors with a code', async () => {
  const server = await start()
  await expect(start({ port: server.port })).rejects.toMatchObject({ code: 'run-failed' })
  await expect(start({ port: -1 })).rejects.toMatchObject({ code: 'bad-config' })
  await expect(start({ model: 'sim:none' })).rejects.toMatchObject({ code: 'bad-config' })
})

/** Sends raw bytes and returns all that comes until the server closes or `enough` is met. */
function raw(server: SimulatorServer, bytes: string, enough: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (part) => {
      text += part.toString('latin1')
      if (enough(text)) socket.destroy()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

function rawPost(version: string): string {
  const body = JSON.stringify(streamed())
  const head = `POST /v1/chat/completions HTTP/${version}\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`
  return head + body
}
