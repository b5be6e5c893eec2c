import type { ExchangeEnd } from '../engine/exchange.ts'
import type { EngineRequest } from '../engine/request.ts'
import type { FailureReason, Outcome } from '../records/outcome.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { oneLine } from './one-line.ts'
import type { DecodedResponse } from './response-decoder.ts'
import { bodyErrorMessage } from './server-error-message.ts'

export interface RecordParts {
  readonly request: Pick<EngineRequest, 'id' | 'promptTokens' | 'outputTokens'>
  readonly end: ExchangeEnd
  readonly decoded: DecodedResponse
  readonly keepText: boolean
}

/** The record of one request: what the stamping thread saw, what the body held, and how it ended. */
export function assembleRecord({ request, end, decoded, keepText }: RecordParts): RequestRecord {
  return {
    id: request.id,
    worker: end.worker,
    moments: end.moments,
    outcome: judgeOutcome(end, decoded),
    attempts: end.attempts,
    connectNs: end.connectNs,
    prompt: {
      wantedTokens: request.promptTokens,
      serverTokens: decoded.promptTokens,
      cachedTokens: decoded.cachedTokens,
    },
    output: {
      wantedTokens: request.outputTokens,
      serverTokens: decoded.outputTokens,
      finishReason: decoded.finishReason,
    },
    chunks: decoded.chunks,
    tokenSource: decoded.tokenSource,
    text: keepText ? decoded.text : null,
  }
}

/** Failures of the transport that take nothing from an answer which was complete before them. */
const AFTER_THE_ANSWER: ReadonlySet<FailureReason> = new Set([
  'connection-reset',
  'stream-timeout',
  'unfinished',
])

/**
 * How a request ended; the first that applies: the transport failed (unless `[DONE]` or a finish reason had been read
 * and the failure only took the connection), 429, another status than 200, not a stream, an error event, a malformed
 * event, no finish reason and no `[DONE]`, no token.
 */
export function judgeOutcome(end: ExchangeEnd, decoded: DecodedResponse): Outcome {
  const { failure, status } = end
  const fail = (reason: FailureReason, detail: string): Outcome => ({
    kind: 'failed',
    reason,
    detail: oneLine(detail),
    status,
  })
  const isComplete = decoded.done || decoded.finishReason !== null

  if (failure !== null && !(isComplete && AFTER_THE_ANSWER.has(failure.reason))) {
    return fail(failure.reason, failure.detail)
  }
  if (status === 429) return fail('rate-limited', statusDetail(status, decoded))
  if (status !== 200) return fail('http-status', statusDetail(status, decoded))
  if (!decoded.isEventStream) return fail('not-a-stream', bodyDetail(end, decoded))
  if (decoded.errorEvent !== null) return fail('error-event', decoded.errorEvent)
  if (decoded.malformedEvent !== null) return fail('malformed-event', decoded.malformedEvent)
  const chunks = decoded.chunks.ns.length
  if (!isComplete) return fail('truncated', `the body ended after ${chunks} chunks`)
  if (chunks === 0) return fail('empty', `finish reason ${decoded.finishReason ?? 'not given'}`)
  return { kind: 'ok' }
}

function statusDetail(status: number | null, decoded: DecodedResponse): string {
  const message = decoded.errorEvent ?? bodyErrorMessage(decoded.bodyStart)
  return message === '' ? `HTTP ${status}` : `HTTP ${status}: ${message}`
}

function bodyDetail({ contentType, contentEncoding }: ExchangeEnd, { bodyStart }: DecodedResponse): string {
  if (contentEncoding !== null && !/^(identity)?$/i.test(contentEncoding.trim())) {
    return `the body is compressed (${contentEncoding}) although identity was asked for`
  }
  const kind = contentType === null ? 'a body without content type' : `content type ${contentType}`
  return `${kind}: ${bodyErrorMessage(bodyStart)}`
}
