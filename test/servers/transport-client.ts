import { exchangeOnce } from '../../src/clients/exchange-once.ts'
import {
  createUndiciClient,
  type UndiciClient,
  type UndiciClientOptions,
} from '../../src/clients/transport/undici-client.ts'
import { createMonotonicClock } from '../../src/clock/monotonic-clock.ts'
import type { ExchangeObserver } from '../../src/engine/client.ts'
import { chatStream, httpChunk, LAST_CHUNK, type OnRequest, streamHead } from './raw-server.ts'

export const clock = createMonotonicClock()
export const REQUEST = {
  path: '/v1/chat/completions',
  headers: { 'x-request-id': 'metron-1' },
  body: '{"a":"ž"}',
}

/** A client with patience. */
export function clientFor(origin: string, options: Partial<UndiciClientOptions> = {}): UndiciClient {
  return createUndiciClient({
    origin,
    clock,
    connectTimeoutNs: 10e9,
    headersTimeoutNs: 10e9,
    streamTimeoutNs: 10e9,
    ...options,
  })
}

/** One request and all that came of it. */
export const ask = (client: UndiciClient, request = REQUEST) =>
  exchangeOnce({ client, clock, request, timeoutNs: 12e9 })

/** A good answer of two tokens. */
export const answer: OnRequest = (socket) => {
  socket.write(streamHead())
  socket.write(httpChunk(chatStream(['a', 'b'])))
  socket.write(LAST_CHUNK)
}

/** Hears and does nothing. */
export const IGNORE: ExchangeObserver = {
  onConnect() {},
  onSent() {},
  onResend() {},
  onHeaders() {},
  onData() {},
  onEnd() {},
  onFailure() {},
}
