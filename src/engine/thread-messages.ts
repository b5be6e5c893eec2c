import type { ExchangeEnd, ExchangeSegment } from './exchange.ts'
import type { EngineRequest } from './request.ts'

/** From the main thread to a stamping thread. */
export type ToStampingThread =
  | { readonly kind: 'offer'; readonly requests: readonly EngineRequest[]; readonly last: boolean }
  /** `zeroNs`: the run's zero on the machine's monotonic clock. */
  | { readonly kind: 'start'; readonly zeroNs: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'abort' }

/** From a stamping thread to the main thread. Segments of a request come before its end. */
export type FromStampingThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'hungry' }
  | { readonly kind: 'segment'; readonly segment: ExchangeSegment }
  | { readonly kind: 'end'; readonly end: ExchangeEnd }
  | { readonly kind: 'beat'; readonly beat: ShardBeat }
  | { readonly kind: 'done'; readonly loop: LoopHealth }

/** Sign of life, a few times a second. */
export interface ShardBeat {
  readonly worker: number
  readonly inFlight: number
  readonly dispatched: number
}

/** What a thread's event loop went through from start to end of the run. */
export interface LoopHealth {
  readonly worker: number
  /** How much later than asked a timer fired, 99th percentile (in a short run the third longest) and worst. */
  readonly loopDelayP99Ns: number
  readonly loopDelayMaxNs: number
  /** Share of time the loop was busy, 0..1. */
  readonly loopUtilizationFraction: number
  /** Garbage collections of the thread: how often, how long in all, the longest. */
  readonly gcCount: number
  readonly gcTotalNs: number
  readonly gcMaxNs: number
}
