import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import { type PacedText, readPacedText } from './paced-text.ts'
import { PACING_PATTERNS } from './pacing-pattern.ts'
import { eventsOf, type PacingSchedule } from './pacing-schedule.ts'
import { type PacingServer, startPacingServer } from './start-pacing-server.ts'

let server: PacingServer
beforeAll(async () => {
  server = await startPacingServer()
})
afterAll(() => server.close())

const root = () => `http://127.0.0.1:${server.port}/v1`

interface Event {
  readonly choices: readonly {
    delta: { content?: string }
    token_ids?: number[]
    finish_reason: string | null
  }[]
  readonly usage?: { readonly completion_tokens: number }
}

function readEvents(body: string): { paced: PacedText[]; events: Event[]; ending: string } {
  const data = body.split('\n\n').filter((part) => part !== '')
  const ending = data.pop()!
  const events = data.map((part) => JSON.parse(part.slice('data: '.length)) as Event)
  const texts = events.map(({ choices }) => choices[0]?.delta.content).filter((text) => text !== undefined)
  return { paced: texts.map((text) => readPacedText(text)!), events, ending }
}

async function ask(pacing: PacingSchedule) {
  const response = await fetch(`${root()}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ pacing }),
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  return readEvents(await response.text())
}

test.each(PACING_PATTERNS)(
  '$kind: every chunk comes once and in order, none before its time',
  async (pattern) => {
    const clock = createMonotonicClock()
    const pacing = { pattern: pattern.kind, perSec: 400, events: 37 }
    const askedNs = clock.nowNs()
    const { paced, events, ending } = await ask(pacing)
    const count = eventsOf(pacing)
    expect(paced.map(({ sequence }) => sequence)).toEqual(Array.from({ length: count }, (_, i) => i))
    expect(ending).toBe('data: [DONE]')
    expect(events.at(-2)!.choices[0]!.finish_reason).toBe('length')
    expect(events.at(-1)!.usage!.completion_tokens).toBe(count * pattern.tokensPerEvent)
    expect(events[0]!.choices[0]!.token_ids).toHaveLength(pattern.tokensPerEvent)
    expect(paced[0]!.sentNs).toBeGreaterThan(askedNs)
    expect(clock.nowNs()).toBeGreaterThan(paced.at(-1)!.sentNs)
    for (const [i, { sentNs }] of paced.entries()) {
      const write = Math.floor(i / pattern.eventsPerWrite)
      if (pattern.offsetPeriods === null) continue
      // Due times lie on the schedule: taking the lateness off the first write leaves its due time.
      const dueNs = paced[0]!.sentNs - paced[0]!.lateNs + pattern.offsetPeriods(write) * 2.5e6
      expect(sentNs).toBeGreaterThanOrEqual(dueNs - 2)
    }
  },
)

test('a reader that stops for a while gets every byte as it was, and the clock shows that the server waited', async () => {
  const socket = connect(server.port, '127.0.0.1')
  const body = JSON.stringify({ pacing: { pattern: 'flat-out', perSec: 1, events: 60_000 } })
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  socket.pause()
  await sleep(300)
  let text = ''
  socket.setEncoding('latin1').on('data', (part) => {
    text += part
  })
  socket.resume()
  await once(socket, 'end')
  const paced = [...text.matchAll(/"content":"([^"]*)"/g)].map((match) => readPacedText(match[1]!)!)
  expect(paced).toHaveLength(60_000)
  for (const [i, { sequence, sentNs }] of paced.entries()) {
    expect(sequence).toBe(i)
    if (i > 0) expect(sentNs).toBeGreaterThanOrEqual(paced[i - 1]!.sentNs)
  }
})

test('a connection serves one request after the other', async () => {
  const socket = connect(server.port, '127.0.0.1')
  let text = ''
  socket.setEncoding('latin1').on('data', (part) => {
    text += part
  })
  for (const wanted of [1, 2]) {
    socket.write('POST /v1/chat/completions HTTP/1.1\r\ncontent-length: 2\r\n\r\n')
    await sleep(5)
    socket.write('{}')
    while (text.split('[DONE]').length <= wanted) await once(socket, 'data')
  }
  socket.destroy()
  expect(text.match(/HTTP\/1.1 200 OK/g)).toHaveLength(2)
})

test('it lists its model and refuses what it does not know', async () => {
  const models = await (await fetch(`${root()}/models`)).json()
  expect(models).toMatchObject({ data: [{ id: 'paced' }] })
  const post = (path: string, body: string) => fetch(`${root()}${path}`, { method: 'POST', body })
  expect((await post('/embeddings', '{}')).status).toBe(404)
  expect((await post('/chat/completions', '{"pacing":{"pattern":"odd"}}')).status).toBe(400)
})

test('streams in step share their due times, others are spread over the period', async () => {
  const dueTimes = async (pattern: string): Promise<number[]> => {
    const streams = await Promise.all(
      Array.from({ length: 4 }, () => ask({ pattern, perSec: 50, events: 1 })),
    )
    // Half a period is added so that a rounding does not turn 0 into a whole period.
    return streams.map(({ paced }) => (paced[0]!.sentNs - paced[0]!.lateNs + 10e6) % 20e6)
  }
  for (const phaseNs of await dueTimes('in-step')) expect(Math.abs(phaseNs - 10e6)).toBeLessThan(5)
  const spread = (await dueTimes('steady')).sort((a, b) => a - b)
  for (const [i, phaseNs] of spread.entries())
    if (i > 0) expect(phaseNs - spread[i - 1]!).toBeGreaterThan(1e6)
})
