import { request as httpRequest } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { createEngineParts, engineOptions } from '../engine-options.ts'
import { simulate } from '../simulate-run.ts'
import type { ServerInput } from './server-options.ts'
import { type SimulatorServer, startSimulatorServer } from './start-simulator-server.ts'

const STEP = { baseNs: 1e6, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }

const servers: SimulatorServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function start(input: ServerInput): Promise<SimulatorServer> {
  const server = await startSimulatorServer({ step: STEP, ...input }, { countTokens: () => 3 })
  servers.push(server)
  return server
}

interface Ended {
  readonly status: number | null
  readonly body: string
  /** The socket's error; `null` for a body that came whole. */
  readonly error: string | null
}

/** One streamed answer over a connection of its own, to its end, good or bad. */
function ask(server: SimulatorServer, id: string, maxTokens: number): Promise<Ended> {
  return new Promise((resolve) => {
    let status: number | null = null
    let body = ''
    const end = (error: string | null) => resolve({ status, body, error })
    const call = httpRequest(
      `${server.url}/completions`,
      { method: 'POST', agent: false, headers: { 'x-request-id': id } },
      (response) => {
        status = response.statusCode!
        response.setEncoding('utf8').on('data', (text) => {
          body += text
        })
        response.on('end', () => end(null))
        response.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
      },
    )
    call.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
    call.end(JSON.stringify({ model: 'sim:default', prompt: 'x', max_tokens: maxTokens, stream: true }))
  })
}

test('a replica that goes down resets its streams; the other goes on, and both serve after the recovery', async () => {
  const outages = [{ replica: 0, fromNs: 500e6, toNs: 800e6 }]
  const server = await start({ replicas: 2, outages })
  const [lost, kept] = await Promise.all([ask(server, 'lost', 5000), ask(server, 'kept', 1000)])
  expect([lost.status, lost.error]).toEqual([200, 'ECONNRESET'])
  expect(lost.body).toContain('data: ')
  expect([kept.status, kept.error]).toEqual([200, null])
  expect(kept.body.endsWith('data: [DONE]\n\n')).toBe(true)
  // 1000 steps of 1 ms end after the recovery.
  const later = await Promise.all(['third', 'fourth'].map((id) => ask(server, id, 3)))
  expect(later.map(({ status, error }) => [status, error])).toEqual([
    [200, null],
    [200, null],
  ])
  const truth = new Map(server.groundTruth().map((each) => [each.requestId, each]))
  expect(truth.get('lost')!.outcome).toBe('failed')
  expect(truth.get('lost')!.outputTokens).toBeGreaterThan(0)
  expect(truth.get('kept')).toMatchObject({ outcome: 'finished', outputTokens: 1000 })
  expect(server.stats()).toMatchObject({ accepted: 4, finished: 3, failed: 1, cancelled: 0, running: 0 })
  expect(server.stats().kvUsedTokens).toBe(0)
})

test('nobody up: 503 with an error in the shape of the API', async () => {
  const server = await start({ outages: [{ replica: 0, fromNs: 0, toNs: 1e15 }] })
  const { status, body } = await ask(server, 'refused', 3)
  expect(status).toBe(503)
  expect(JSON.parse(body).error).toMatchObject({ type: 'server_error', code: 'service_unavailable' })
  expect(server.stats()).toMatchObject({ accepted: 0, refused: 1 })
})

// A router that counts requests sees a step's end when it is told, which a busy machine does late.
test('the ground truth of a fleet in turn in real time equals its virtual run to the nanosecond', async () => {
  const engine = { step: STEP, replicas: 3 }
  const server = await start(engine)
  const ended = await Promise.all(
    Array.from({ length: 20 }, (_, at) => ask(server, `${at}`, 1 + ((at * 7) % 30))),
  )
  expect(ended.every(({ error }) => error === null)).toBe(true)
  const truth = [...server.groundTruth()].sort((a, b) => a.receivedNs - b.receivedNs)
  const requests = truth.map(({ receivedNs, promptTokens, outputTokens }, id) => {
    return { id, dueNs: receivedNs, promptTokens, outputTokens }
  })
  const times = simulate(requests, createEngineParts(engineOptions.parse(engine)))
  expect(truth.map(({ tokenPlannedNs }) => tokenPlannedNs)).toEqual(times.map(({ tokenNs }) => [...tokenNs]))
})
