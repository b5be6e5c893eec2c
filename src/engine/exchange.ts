import type { Moments } from '../records/request-record.ts'
import type { TransportFailure } from './client.ts'

/**
 * A stretch of a response body as the stamping thread saw it: raw bytes and, for each socket read, its arrival and
 * where its bytes end. Parsing happens elsewhere.
 *
 * ```
 * bytes    |<- read 0 ->|<---- read 1 ---->|<- read 2 ->|
 * readEnds              ^                  ^            ^
 * readNs     t0           t1                 t2
 * ```
 */
export interface ExchangeSegment {
  readonly id: number
  readonly bytes: Uint8Array
  /** Exclusive end offset in `bytes` of each read. */
  readonly readEnds: Uint32Array
  /** Arrival of each read, ns since the run's zero. */
  readonly readNs: Float64Array
}

/** What the stamping thread knows when a request is over; follows all of its segments. */
export interface ExchangeEnd {
  readonly id: number
  readonly worker: number
  readonly moments: Moments
  readonly attempts: number
  readonly connectNs: number | null
  readonly status: number | null
  readonly contentType: string | null
  readonly contentEncoding: string | null
  readonly failure: TransportFailure | null
}
