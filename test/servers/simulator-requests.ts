import { expect, onTestFinished } from 'vitest'
import type { ServerInput } from '../../src/simulator/http/server-options.ts'
import {
  type SimulatorServer,
  startSimulatorServer,
} from '../../src/simulator/http/start-simulator-server.ts'

/** Steps of a fifth of a millisecond. */
export const QUICK = {
  baseNs: 200_000,
  prefillTokenNs: 1000,
  prefillPairNs: 0,
  sequenceNs: 100,
  contextTokenNs: 1,
}
/** Words. */
export const countTokens = (text: string) => text.split(/\s+/).filter((word) => word !== '').length

/** A server that is closed when the test is over. */
export async function start(input: ServerInput = {}, lines: string[] = []): Promise<SimulatorServer> {
  const services = { countTokens, writeGroundTruth: (line: string) => void lines.push(line) }
  const server = await startSimulatorServer({ step: QUICK, ...input }, services)
  onTestFinished(() => server.close())
  return server
}

/** Sends a body, as JSON unless it is text. */
export function post(
  server: SimulatorServer,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** A chat request of three words for five tokens. */
export const chat = (extra: object = {}) => ({
  model: 'sim:default',
  messages: [{ role: 'user', content: 'one two three' }],
  max_tokens: 5,
  ...extra,
})
export const streamed = (extra: object = {}) => chat({ stream: true, ...extra })

// biome-ignore lint/suspicious/noExplicitAny: events are read field by field
export type Json = any

/** The payloads of a stream's events, JSON ones parsed. */
export async function events(response: Response): Promise<Json[]> {
  const text = await response.text()
  expect(text.endsWith('\n\n')).toBe(true)
  return text
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => {
      expect(event.startsWith('data: ')).toBe(true)
      const data = event.slice(6)
      return data === '[DONE]' ? data : JSON.parse(data)
    })
}

/** Texts of a chat's events. */
export const contents = (all: Json[]) =>
  all.map((event) => event.choices?.[0]?.delta?.content).filter((content) => content)

/** Waits for what other events will bring about. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}
