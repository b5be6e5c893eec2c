import type { Clock } from '../clock/clock.ts'
import type { Client, ExchangeObserver, TransportFailure } from './client.ts'
import type { ExchangeEnd, ExchangeSegment } from './exchange.ts'
import type { EngineRequest, WireRequest } from './request.ts'

const SEGMENT_BYTES = 16 * 1024
const SEGMENT_READS = 128

/** Where the stamping thread hands over what it saw; segments of a request come before its end. */
export interface ExchangeSink {
  segment(segment: ExchangeSegment): void
  end(end: ExchangeEnd): void
}

/**
 * Follows one request on the wire and keeps what was seen, untouched: moments, and the body as raw bytes with the
 * arrival of each read. Hands over a segment whenever about 16 KiB or 128 reads have gathered: buffers never grow and
 * are given away as they are, so that a read costs the stamping thread the copying of its bytes and little else.
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
  #bytes = new Uint8Array(0)
  #length = 0
  #readEnds = new Uint32Array(0)
  #readNs = new Float64Array(0)
  #reads = 0
  #segments = 0
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
    let end = this.#length + bytes.length
    if (end > this.#bytes.length || this.#reads === this.#readEnds.length) {
      this.#flush()
      this.#open(bytes.length)
      end = bytes.length
    }
    this.#bytes.set(bytes, this.#length)
    this.#length = end
    this.#readEnds[this.#reads] = end
    this.#readNs[this.#reads] = atNs
    this.#reads += 1
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

  #open(atLeastBytes: number): void {
    // First segments differ in size, so that streams in step do not all hand over at the same moment.
    const bytes = this.#segments === 0 ? (SEGMENT_BYTES / 16) * (1 + (this.#request.id % 16)) : SEGMENT_BYTES
    this.#bytes = new Uint8Array(Math.max(bytes, atLeastBytes))
    this.#readEnds = new Uint32Array(SEGMENT_READS)
    this.#readNs = new Float64Array(SEGMENT_READS)
    this.#length = 0
    this.#reads = 0
    this.#segments += 1
  }

  /** What was handed over is the receiver's: it may have gone to another thread. */
  #flush(): void {
    if (this.#reads === 0) return
    this.#sink.segment({
      id: this.#request.id,
      bytes: this.#bytes.subarray(0, this.#length),
      readEnds: this.#readEnds.subarray(0, this.#reads),
      readNs: this.#readNs.subarray(0, this.#reads),
    })
    this.#reads = 0
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
