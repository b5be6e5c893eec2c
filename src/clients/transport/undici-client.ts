import { isIP } from 'node:net'
import { buildConnector } from 'undici'
import type { Clock } from '../../clock/clock.ts'
import type { AbortExchange, Client, ExchangeObserver } from '../../engine/client.ts'
import type { WireRequest } from '../../engine/request.ts'
import { MetronError } from '../../errors/metron-error.ts'
import { Connection, type ConnectionOptions } from './connection.ts'
import { DIRECT_READS } from './direct-reads.ts'
import { type ConnectionStore, ExchangeAttempts } from './exchange-attempts.ts'

/** How to trust the server of an `https` origin. */
export interface TlsOptions {
  /** PEM certificates trusted instead of the built-in authorities. */
  readonly ca?: string
  /** Accept any certificate. */
  readonly insecure?: boolean
}

export interface UndiciClientOptions {
  /** Scheme, host and port: `http://host:8000`. */
  readonly origin: string
  readonly clock: Clock
  /** TCP and TLS together. */
  readonly connectTimeoutNs: number
  /** From the request's last byte to the complete response headers. */
  readonly headersTimeoutNs: number
  /** Longest silence between two reads of a body. */
  readonly streamTimeoutNs: number
  readonly tls?: TlsOptions
  /** Idle connections are closed after this; below 4 s, so that common servers (5 s) never close first. */
  readonly keepAliveIdleNs?: number
}

/** A request of the transport; the engine's requests are all `POST`. */
export interface TransportRequest extends WireRequest {
  readonly method?: 'GET' | 'POST'
}

/** {@link Client} over sockets; also sends `GET` for discovery. */
export interface UndiciClient extends Client {
  send(request: TransportRequest, observer: ExchangeObserver): AbortExchange
}

const DEFAULT_KEEP_ALIVE_IDLE_NS = 3.5e9
const MAX_KEEP_ALIVE_IDLE_NS = 4e9

/**
 * HTTP/1.1 client of one origin over undici's callback interface, without a limit on connections, without redirects,
 * decompression, pipelining or retries but the one resend of {@link ExchangeObserver.onResend}.
 *
 * - Every request takes the connection that became idle last, or opens one; a connection serves one request at a time.
 * - Timeouts come up to about 1 s late (the HTTP layer's timers are coarse), never early.
 * - Observers are called from socket callbacks and, for what fails at once, from a microtask; never inside `send`.
 *   A request sent from `onEnd` uses the connection that has just become free.
 *
 * @throws MetronError `bad-config` for an origin that is not http(s) and for a keep-alive idle time of 4 s or more.
 */
export function createUndiciClient(options: UndiciClientOptions): UndiciClient {
  const url = parseOrigin(options.origin)
  const shared = connectionOptions(options, url)
  const idle: Connection[] = []
  let closed = false

  const store: ConnectionStore = {
    take(kind) {
      while (kind === 'any') {
        const connection = idle.pop()
        if (connection === undefined) break
        if (connection.isOpen) return connection
      }
      return new Connection(shared)
    },
    give(connection) {
      if (closed) connection.close().catch(() => {})
      else idle.push(connection)
    },
  }

  return {
    send(request, observer) {
      const exchange = new ExchangeAttempts(
        {
          path: request.path,
          method: request.method ?? 'POST',
          headers: { 'user-agent': 'metron', 'accept-encoding': 'identity', ...request.headers },
          body: request.method === 'GET' ? null : request.body,
        },
        observer,
        options.clock,
        store,
        url.protocol === 'https:',
      )
      return (failure) => exchange.abort(failure)
    },
    async close() {
      closed = true
      await Promise.all(idle.splice(0).map((connection) => connection.close()))
    },
  }
}

function parseOrigin(origin: string): URL {
  const url = URL.canParse(origin) ? new URL(origin) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new MetronError('bad-config', 'the origin must be http://host:port or https://host:port')
  }
  return url
}

function connectionOptions(options: UndiciClientOptions, url: URL): ConnectionOptions {
  const idleNs = options.keepAliveIdleNs ?? DEFAULT_KEEP_ALIVE_IDLE_NS
  if (!(idleNs > 0 && idleNs < MAX_KEEP_ALIVE_IDLE_NS)) {
    throw new MetronError('bad-config', 'the keep-alive idle time must be above 0 and below 4 s', {
      hint: 'Servers commonly close idle connections after 5 s; the client must be the first to close.',
    })
  }
  const { ca, insecure } = options.tls ?? {}
  const connector = buildConnector({
    allowH2: false,
    timeout: toMs(options.connectTimeoutNs),
    ...(url.protocol === 'http:' ? { onread: DIRECT_READS } : {}),
    rejectUnauthorized: insecure !== true,
    ...(ca === undefined ? {} : { ca }),
    // An address has no server name: sending one is an error in TLS, and some servers then drop the handshake.
    ...(isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? { servername: url.hostname } : {}),
  })
  return {
    origin: url.origin,
    clock: options.clock,
    connector,
    http: {
      allowH2: false,
      pipelining: 1,
      headersTimeout: toMs(options.headersTimeoutNs),
      bodyTimeout: toMs(options.streamTimeoutNs),
      keepAliveTimeout: toMs(idleNs),
      // A server's own hint may only shorten the idle time.
      keepAliveMaxTimeout: toMs(idleNs),
      keepAliveTimeoutThreshold: 500,
    },
  }
}

function toMs(ns: number): number {
  return Math.max(1, Math.ceil(ns / 1e6))
}
