import { closest } from 'fastest-levenshtein'
import type { ExchangeEnd } from '../../engine/exchange.ts'
import { MetronError } from '../../errors/metron-error.ts'
import { FAILURE_REASONS, type FailureReason, type Outcome } from '../../records/outcome.ts'

/** Which request of the pre-flight failed. */
export interface FailedStep {
  /** The server's URL for people, without secrets. */
  readonly display: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly outcome: Extract<Outcome, { kind: 'failed' }>
  readonly contentType: ExchangeEnd['contentType']
  readonly model?: string
  /** Models the server lists, empty when it lists none or was not asked. */
  readonly models?: readonly string[]
}

const HINTS: Partial<Record<FailureReason, string>> = {
  'connect-refused': 'Is the server running, and does it listen on this host and port?',
  dns: 'Check the host name.',
  'connect-timeout': 'Is the host reachable from here? A firewall may drop the connection.',
  'connection-reset': 'The server hung up. Is it an https server asked with http://, or did it crash?',
  'rate-limited': 'The server limits requests. Wait, or raise its limit before measuring.',
  'headers-timeout':
    'The server accepted the request but did not answer in time. Is it still loading its model?',
  'stream-timeout': 'The server began to answer and fell silent. Is it still loading its model?',
  truncated: 'The stream broke off. The log of the server may say why.',
  'error-event': 'The server accepted the request and then failed. Its log may say why.',
  'malformed-event': 'The stream is not what the protocol says. Was the right protocol chosen?',
}

/** The error for a pre-flight that failed: what was asked, what came back, and what to do. */
export function preflightError(step: FailedStep): MetronError {
  const { display, outcome, model, models = [] } = step
  if (model !== undefined && isUnknownModel(step)) {
    return new MetronError(
      'preflight-failed',
      `${display} does not have the model ${JSON.stringify(model)}`,
      {
        hint: modelHint(model, models),
      },
    )
  }
  const what =
    outcome.status === null ? FAILURE_REASONS[outcome.reason] : `${step.method} ${step.path} failed`
  return new MetronError('preflight-failed', `${display}: ${what}: ${outcome.detail}`, { hint: hintOf(step) })
}

/** Says which of a server's models is meant, or what it has. */
export function modelHint(model: string, models: readonly string[]): string {
  if (models.length === 0) return 'The server lists no models; check the name in its configuration.'
  const listed = models.slice(0, 10).map((name) => JSON.stringify(name))
  const more = models.length > listed.length ? ` and ${models.length - listed.length} more` : ''
  return `Did you mean ${JSON.stringify(closest(model, models))}? The server has ${listed.join(', ')}${more}.`
}

function isUnknownModel({ outcome, model, models = [] }: FailedStep): boolean {
  if (outcome.status !== 404 && outcome.status !== 400 && outcome.status !== 422) return false
  if (models.length > 0 && !models.includes(model!)) return true
  return (
    /model/i.test(outcome.detail) && /not (exist|found)|unknown|no such|invalid model/i.test(outcome.detail)
  )
}

function hintOf({ outcome, contentType, display }: FailedStep): string {
  const { reason, status, detail } = outcome
  if (reason === 'tls') {
    return /wrong version number|EPROTO|packet length/i.test(detail)
      ? `The server does not speak TLS here: try ${display.replace(/^https/, 'http')}`
      : 'Give the certificate of its authority (--ca), or, if you trust the network, accept any (--insecure).'
  }
  if (reason === 'http-status') return statusHint(status)
  if (reason === 'not-a-stream') {
    if (/html/i.test(contentType ?? ''))
      return 'That is a web page, not an API. Give the API root, often ending in /v1.'
    if (/json/i.test(contentType ?? ''))
      return 'The server answered at once although a stream was asked for: enable streaming.'
    return 'The answer is not a stream of server-sent events. Is there a proxy that changes it?'
  }
  return HINTS[reason] ?? 'Try again with a single request by hand to see more.'
}

function statusHint(status: number | null): string {
  if (status === 401)
    return 'The server wants an API key, or does not know this one: set OPENAI_API_KEY, or name another variable with --api-key-env.'
  if (status === 403) return 'The API key is known but may not do this.'
  if (status === 404 || status === 405)
    return 'Nothing is served at this path. Give the API root, often ending in /v1.'
  if (status === 503) return 'The server is not ready; it may still be loading its model.'
  if (status !== null && status >= 300 && status < 400)
    return 'Redirects are not followed: give the final URL.'
  if (status !== null && status >= 500) return 'The server failed. Its log may say why.'
  return 'The server refused the request. Check the model, the protocol and the extra fields of the body.'
}
