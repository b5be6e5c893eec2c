import type { FailureReason } from '../records/outcome.ts'
import type { WireRequest } from './request.ts'

/** Failure seen by the transport, before anybody looked at the content. */
export interface TransportFailure {
  readonly reason: FailureReason
  readonly detail: string
}

/**
 * What happens to one request on the wire, told as it happens. A bag of callbacks: no promise, no stream object.
 * Every `atNs` is taken on the first line of the socket callback; all data of one read has the same. Exactly one of `onEnd` and `onFailure` comes last.
 */
export interface ExchangeObserver {
  /** This request opened a connection; `connectNs` is TCP + TLS set-up time. */
  onConnect(connectNs: number): void
  /** The request's last byte was given to the socket. Comes again after `onResend`. */
  onSent(atNs: number): void
  /** A kept-alive connection turned out to be closed before any response byte: the request is sent once more. */
  onResend(): void
  onHeaders(
    atNs: number,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void
  /** `bytes` is only valid during the call. */
  onData(atNs: number, bytes: Uint8Array): void
  onEnd(atNs: number): void
  onFailure(atNs: number, failure: TransportFailure): void
}

/** Ends a request that is under way; the observer gets `onFailure` with the given failure. Idempotent. */
export type AbortExchange = (failure: TransportFailure) => void

/** Port of the engine: something that sends requests to one server. Implemented in `clients/`. */
export interface Client {
  send(request: WireRequest, observer: ExchangeObserver): AbortExchange
  /** Closes idle connections; requests under way must have ended. */
  close(): Promise<void>
}
