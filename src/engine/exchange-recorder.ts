import type { Clock } from '../clock/clock.ts'
import type { Client, ExchangeObserver, TransportFailure } from './client.ts'
import type { ExchangeEnd, ExchangeSegment } from './exchange.ts'
import type { EngineRequest, WireRequest } from './request.ts'

const FIRST_BYTES = 4096
const FLUSH_BYTES = 64 * 1024
const FIRST_READS = 64

/** Where the stamping thread hands over what it saw; segments of a request come before its end. */
export interface ExchangeSink {
  segment(segment: ExchangeSegment): void
  end(end: ExchangeEnd): void
}

/**
 * Follows one request on the wire and keeps what was seen, untouched: moments, and the body as raw bytes with the
 * arrival of each read. Hands over a segment whenever 64 KiB have gathered, so that long answers take little memory
 * on the stamping thread.
 */
export class ExchangeRecorder implements ExchangeObserver {
  readonly #request: EngineRequest
  readonly #worker: number
  readonly #sink: ExchangeSink
  readonly #onOver: (endNs: number) => void
  readonly #dueNs: number
  readonly #dispatchedNs: number
  #sentNs: number | null = null
  #headersNs: number | null = null
  #connectNs: number | null = null
  #attempts = 1
  #status: number | null = null
  #contentType: string | null = null
  #contentEncoding: string | null = null
  #bytes = new Uint8Array(FIRST_BYTES)
  #length = 0
  #readNs = new Float64Array(FIRST_READS)
  #readEnds = new Uint32Array(FIRST_READS)
  #reads = 0
  #over = false

  constructor(
    request: EngineRequest,
    moments: { dueNs: number; dispatchedNs: number },
    worker: number,
    sink: ExchangeSink,
    onOver: (endNs: number) => void,
  ) {
    this.#request = request
    this.#dueNs = moments.dueNs
    this.#dispatchedNs = moments.dispatchedNs
    this.#worker = worker
    this.#sink = sink
    this.#onOver = onOver
  }

  onConnect(connectNs: number): void {
    this.#connectNs = connectNs
  }

  onSent(atNs: number): void {
    this.#sentNs = atNs
  }

  onResend(): void {
    this.#attempts += 1
    this.#sentNs = null
  }

  onHeaders(
    atNs: number,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#headersNs = atNs
    this.#status = status
    this.#contentType = firstOf(headers['content-type'])
    this.#contentEncoding = firstOf(headers['content-encoding'])
  }

  onData(atNs: number, bytes: Uint8Array): void {
    const end = this.#length + bytes.length
    if (end > this.#bytes.length) this.#growBytes(end)
    this.#bytes.set(bytes, this.#length)
    this.#length = end
    if (this.#reads === this.#readNs.length) this.#growReads()
    this.#readNs[this.#reads] = atNs
    this.#readEnds[this.#reads] = end
    this.#reads += 1
    if (end >= FLUSH_BYTES) this.#flush()
  }

  onEnd(atNs: number): void {
    this.#finish(atNs, null)
  }

  onFailure(atNs: number, failure: TransportFailure): void {
    this.#finish(atNs, failure)
  }

  #finish(endNs: number, failure: TransportFailure | null): void {
    if (this.#over) return
    this.#over = true
    this.#flush()
    this.#sink.end({
      id: this.#request.id,
      worker: this.#worker,
      moments: {
        dueNs: this.#dueNs,
        dispatchedNs: this.#dispatchedNs,
        sentNs: this.#sentNs,
        headersNs: this.#headersNs,
        endNs,
      },
      attempts: this.#attempts,
      connectNs: this.#connectNs,
      status: this.#status,
      contentType: this.#contentType,
      contentEncoding: this.#contentEncoding,
      failure,
    })
    this.#onOver(endNs)
  }

  #flush(): void {
    if (this.#reads === 0) return
    this.#sink.segment({
      id: this.#request.id,
      bytes: this.#bytes.slice(0, this.#length),
      readEnds: this.#readEnds.slice(0, this.#reads),
      readNs: this.#readNs.slice(0, this.#reads),
    })
    this.#length = 0
    this.#reads = 0
  }

  #growBytes(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }

  #growReads(): void {
    const readNs = new Float64Array(this.#readNs.length * 2)
    const readEnds = new Uint32Array(this.#readEnds.length * 2)
    readNs.set(this.#readNs)
    readEnds.set(this.#readEnds)
    this.#readNs = readNs
    this.#readEnds = readEnds
  }
}

/** Starts a request on the wire and follows it to its end. A client that throws is recorded as a failure. */
export function startExchange(
  client: Client,
  clock: Clock,
  encode: () => WireRequest,
  recorder: ExchangeObserver,
): (failure: TransportFailure) => void {
  try {
    return client.send(encode(), recorder)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    queueMicrotask(() => recorder.onFailure(clock.nowNs(), { reason: 'client', detail }))
    return () => {}
  }
}

function firstOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}
