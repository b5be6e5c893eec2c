import type { Clock } from '../clock/clock.ts'
import type { ExchangeObserver, TransportFailure } from '../engine/client.ts'
import type { ExchangeEnd, ExchangeSegment } from '../engine/exchange.ts'
import type { TransportRequest, UndiciClient } from './transport/undici-client.ts'

export interface ExchangeOnceOptions {
  readonly client: UndiciClient
  readonly clock: Clock
  readonly request: TransportRequest
  /** The request is given up after this, with reason `headers-timeout` or `stream-timeout`. */
  readonly timeoutNs: number
  readonly id?: number
}

/** One request that was not planned, as the stamping thread would have told it. */
export interface FinishedExchange {
  readonly segment: ExchangeSegment
  readonly end: ExchangeEnd
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** {@link exchangeOnce} with everything but the request settled. */
export type AskServer = (request: TransportRequest) => Promise<FinishedExchange>

/** Sends one request outside of any schedule (pre-flight) and keeps its whole body. Never rejects. */
export function exchangeOnce({
  client,
  clock,
  request,
  timeoutNs,
  id = 0,
}: ExchangeOnceOptions): Promise<FinishedExchange> {
  const { promise, resolve } = Promise.withResolvers<FinishedExchange>()
  const reads: Uint8Array[] = []
  const readNs: number[] = []
  const startNs = clock.nowNs()
  let sentNs: number | null = null
  let headersNs: number | null = null
  let connectNs: number | null = null
  let status: number | null = null
  let headers: FinishedExchange['headers'] = {}
  let attempts = 1

  const finish = (endNs: number, failure: TransportFailure | null) => {
    clearTimeout(timer)
    const moments = { dueNs: startNs, dispatchedNs: startNs, sentNs, headersNs, endNs }
    const contentType = first(headers['content-type'])
    const contentEncoding = first(headers['content-encoding'])
    resolve({
      segment: toSegment(id, reads, readNs),
      end: { id, worker: 0, moments, attempts, connectNs, status, contentType, contentEncoding, failure },
      headers,
    })
  }
  const observer: ExchangeObserver = {
    onConnect: (ns) => {
      connectNs = ns
    },
    onSent: (atNs) => {
      sentNs = atNs
    },
    onResend: () => {
      attempts += 1
    },
    onHeaders: (atNs, newStatus, newHeaders) => {
      headersNs = atNs
      status = newStatus
      headers = newHeaders
    },
    onData: (atNs, bytes) => {
      // A copy: `slice` of a Buffer is only a view of bytes that are gone after the call.
      reads.push(new Uint8Array(bytes))
      readNs.push(atNs)
    },
    onEnd: (atNs) => finish(atNs, null),
    onFailure: finish,
  }
  const abort = client.send(request, observer)
  const timer = setTimeout(() => {
    const reason =
      sentNs === null ? 'connect-timeout' : headersNs === null ? 'headers-timeout' : 'stream-timeout'
    abort({ reason, detail: `gave up after ${(timeoutNs / 1e9).toFixed(1)} s` })
  }, timeoutNs / 1e6)
  return promise
}

function toSegment(id: number, reads: readonly Uint8Array[], readNs: readonly number[]): ExchangeSegment {
  let end = 0
  const ends = reads.map((read) => {
    end += read.length
    return end
  })
  return {
    id,
    bytes: Buffer.concat(reads),
    readEnds: Uint32Array.from(ends),
    readNs: Float64Array.from(readNs),
  }
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}
