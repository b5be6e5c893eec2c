/**
 * Why a request failed: a closed list, so that counts by reason can be compared between runs and tools.
 * The text beside each reason is what people read.
 */
export const FAILURE_REASONS = {
  'connect-refused': 'the server refused the connection',
  dns: 'the host name could not be resolved',
  tls: 'the TLS handshake failed',
  'connect-timeout': 'connecting took longer than the connect timeout',
  'connection-reset': 'the connection was closed or reset before the answer was complete',
  'rate-limited': 'the server answered 429 Too Many Requests',
  'http-status': 'the server answered with an HTTP status other than 200',
  'headers-timeout': 'no response headers arrived within the timeout',
  'stream-timeout': 'the stream stayed silent longer than the timeout',
  truncated: 'the stream ended without a finish reason or [DONE]',
  'error-event': 'the stream carried an error event',
  'malformed-event': 'an event of the stream was not valid JSON',
  'not-a-stream': 'the body was not a stream of server-sent events',
  empty: 'the stream ended well but carried no token',
  unfinished: 'the run ended before the answer was complete',
  client: 'the client itself failed',
  unknown: 'the file it was imported from does not say why',
} as const

export type FailureReason = keyof typeof FAILURE_REASONS

/**
 * How a request ended. Failed requests keep their row, their moments and the chunks that arrived.
 *
 * - `detail`: one line for people; server text is cut to 300 characters and is hostile wherever it is shown.
 * - `status`: the HTTP status, `null` when no headers arrived.
 */
export type Outcome =
  | { readonly kind: 'ok' }
  | {
      readonly kind: 'failed'
      readonly reason: FailureReason
      readonly detail: string
      readonly status: number | null
    }
