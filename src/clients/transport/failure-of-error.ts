import type { TransportFailure } from '../../engine/client.ts'
import type { FailureReason } from '../../records/outcome.ts'
import { oneLine } from '../one-line.ts'

/** Where a request was when its error came. */
export type ErrorPhase = 'connect' | 'tls-connect' | 'exchange'

const REASONS: Readonly<Record<string, FailureReason>> = {
  ECONNREFUSED: 'connect-refused',
  EHOSTUNREACH: 'connect-refused',
  ENETUNREACH: 'connect-refused',
  EHOSTDOWN: 'connect-refused',
  ENETDOWN: 'connect-refused',
  ENOENT: 'connect-refused',
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  EPROTO: 'tls',
  ECONNRESET: 'connection-reset',
  ECONNABORTED: 'connection-reset',
  EPIPE: 'connection-reset',
  UND_ERR_SOCKET: 'connection-reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection-reset',
  HPE_INVALID_EOF_STATE: 'connection-reset',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_HEADERS_TIMEOUT: 'headers-timeout',
  UND_ERR_BODY_TIMEOUT: 'stream-timeout',
  UND_ERR_HEADERS_OVERFLOW: 'not-a-stream',
}

const OWN_FAULTS = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM', 'EACCES', 'EPERM'])

/** What the machine has run out of, and how to get more. */
const SHORTAGES: Readonly<Record<string, string>> = {
  EMFILE:
    'this process has no file descriptor left for another connection: raise its limit (ulimit -n) or keep fewer requests in flight',
  ENFILE:
    'this machine has no file descriptor left for another connection: raise fs.file-max or keep fewer requests in flight',
  EADDRNOTAVAIL:
    'this machine has no local port left for another connection: widen net.ipv4.ip_local_port_range or keep fewer requests in flight',
  ENOBUFS: 'this machine has no memory left for another connection: keep fewer requests in flight',
  ENOMEM: 'this machine has no memory left for another connection: keep fewer requests in flight',
}

/**
 * The transport failure that an error of the socket, of TLS or of the HTTP layer stands for. What no rule knows is
 * `client`: better a visible fault of ours than a server blamed for it. The detail is one line: for a shortage of the
 * machine what to do about it, else the error's message, and when it has none (several addresses tried) the messages of
 * its parts.
 */
export function failureOfError(error: unknown, phase: ErrorPhase): TransportFailure {
  const code = codeOf(error)
  return { reason: reasonOf(code, phase), detail: detailOf(error, code) }
}

/** Whether the error says that the peer closed or reset the connection. */
export function isConnectionLoss(error: unknown): boolean {
  return REASONS[codeOf(error)] === 'connection-reset'
}

function reasonOf(code: string, phase: ErrorPhase): FailureReason {
  if (OWN_FAULTS.has(code)) return 'client'
  if (code === 'ETIMEDOUT') return phase === 'exchange' ? 'connection-reset' : 'connect-timeout'
  if (code.startsWith('EAI_')) return 'dns'
  if (/^ERR_(SSL|TLS|OSSL)_|CERT|ISSUER|SELF_SIGNED|LEAF_SIGNATURE|_CRL|HOSTNAME_MISMATCH/.test(code))
    return 'tls'
  const reason = REASONS[code]
  if (phase === 'tls-connect' && (reason === undefined || reason === 'connection-reset')) return 'tls'
  if (reason !== undefined) return reason
  return code.startsWith('HPE') ? 'not-a-stream' : 'client'
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  // The HTTP parser's errors have lost their code: undici looks it up the wrong way round.
  if (error.name === 'HTTPParserError') {
    return error.message.includes('Invalid EOF state') ? 'HPE_INVALID_EOF_STATE' : 'HPE'
  }
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return ''
}

function detailOf(error: unknown, code: string): string {
  const shortage = SHORTAGES[code]
  if (shortage !== undefined) return `${shortage} (${code})`
  let text = error instanceof Error ? error.message : String(error)
  if (text === '' && error instanceof AggregateError) {
    text = error.errors.map((part) => (part instanceof Error ? part.message : String(part))).join('; ')
  }
  if (code !== '' && !text.includes(code) && !/^(UND_ERR|HPE)/.test(code)) text = `${text} (${code})`
  return oneLine(text)
}
