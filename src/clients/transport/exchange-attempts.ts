import type { Dispatcher } from 'undici'
import type { Clock } from '../../clock/clock.ts'
import type { ExchangeObserver, TransportFailure } from '../../engine/client.ts'
import type { Connection } from './connection.ts'
import { type ErrorPhase, failureOfError, isConnectionLoss } from './failure-of-error.ts'

/** Where an exchange gets its connection and to whom it gives it back. */
export interface ConnectionStore {
  /** `'fresh'`: one that has never been used. */
  take(kind: 'any' | 'fresh'): Connection
  /** The response is complete; the connection may serve the next request at once. */
  give(connection: Connection): void
}

/**
 * One request on the wire, with at most one resend; the handler of the HTTP layer's callbacks.
 *
 * ```
 * start ─> [connect] ─> sent ─> headers ─> data ... ─> end
 *   ^                     │
 *   └──── resend once ────┘ kept-alive connection lost before any response byte
 * ```
 */
export class ExchangeAttempts implements Dispatcher.DispatchHandler {
  readonly #options: Dispatcher.DispatchOptions
  readonly #observer: ExchangeObserver
  readonly #clock: Clock
  readonly #store: ConnectionStore
  readonly #connectPhase: ErrorPhase
  #connection: Connection
  #connectsBefore = 0
  #phase: ErrorPhase
  #wasOpen = false
  #answering = false
  #starting = false
  #over = false

  constructor(
    options: Dispatcher.DispatchOptions,
    observer: ExchangeObserver,
    clock: Clock,
    store: ConnectionStore,
    secure: boolean,
  ) {
    this.#options = options
    this.#observer = observer
    this.#clock = clock
    this.#store = store
    this.#connectPhase = secure ? 'tls-connect' : 'connect'
    this.#phase = this.#connectPhase
    this.#connection = store.take('any')
    this.#start()
  }

  #start(): void {
    this.#wasOpen = this.#connection.isOpen
    this.#connectsBefore = this.#connection.connects
    this.#starting = true
    this.#connection.dispatch(this.#options, this)
    this.#starting = false
  }

  get #isKeptAlive(): boolean {
    return this.#wasOpen && this.#connection.connects === this.#connectsBefore
  }

  onRequestStart(): void {
    if (this.#over) return
    const connectNs = this.#connection.takeConnectNs()
    if (connectNs !== null) this.#observer.onConnect(connectNs)
    this.#phase = 'exchange'
  }

  onRequestSent(): void {
    const atNs = this.#clock.nowNs()
    if (!this.#over) this.#observer.onSent(atNs)
  }

  onResponseStarted(): void {
    this.#answering = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (!this.#over && status >= 200) this.#observer.onHeaders(this.#connection.readNs, status, headers)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (!this.#over) this.#observer.onData(this.#connection.readNs, chunk)
  }

  onResponseEnd(): void {
    const atNs = this.#clock.nowNs()
    if (this.#over) return
    this.#over = true
    // Given back first: a request that the observer starts from onEnd finds this connection and waits for its turn.
    this.#store.give(this.#connection)
    this.#observer.onEnd(atNs)
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const atNs = this.#clock.nowNs()
    if (this.#over) return
    if (this.#isKeptAlive && !this.#answering && isConnectionLoss(error)) {
      // Lost before it was written: sending it for the first time is no resend.
      if (this.#phase === 'exchange') this.#observer.onResend()
      this.#phase = this.#connectPhase
      this.#connection = this.#store.take('fresh')
      this.#start()
      return
    }
    this.#fail(atNs, failureOfError(error, this.#isKeptAlive ? 'exchange' : this.#phase))
  }

  /** Gives the request up and destroys its connection. */
  abort(failure: TransportFailure): void {
    const atNs = this.#clock.nowNs()
    if (this.#over) return
    // Before destroying, which may call `onResponseError` at once.
    this.#over = true
    this.#connection.destroy()
    this.#observer.onFailure(atNs, failure)
  }

  #fail(atNs: number, failure: TransportFailure): void {
    this.#over = true
    // Inside `send` the caller does not hold the abort function yet.
    if (this.#starting) queueMicrotask(() => this.#observer.onFailure(atNs, failure))
    else this.#observer.onFailure(atNs, failure)
  }
}
