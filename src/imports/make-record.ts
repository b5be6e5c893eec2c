import type { FailureReason } from '../records/outcome.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { spreadEvenly } from './spread-evenly.ts'

/** One request as the file of another tool tells it; times in ns. */
export interface ForeignRequest {
  readonly id: number
  readonly dueNs: number
  readonly sentNs: number
  /** From the sending to the first chunk, then from chunk to chunk; whole numbers of at least 0. */
  readonly gapsNs: readonly number[]
  /** The last chunk, or the sending, when absent. */
  readonly endNs?: number
  readonly promptTokens: number | null
  /** Tokens of the answer by the tool's count; `null` or 0: not known, each chunk is taken for one. */
  readonly outputTokens: number | null
  readonly failure?: {
    readonly reason: FailureReason
    readonly detail: string
    readonly status: number | null
  } | null
}

const LONGEST_DETAIL = 300

/** The record of it. What no file tells is what it would be if nothing had happened: one attempt, a kept connection. */
export function makeRecord(request: ForeignRequest): RequestRecord {
  const { id, dueNs, sentNs, gapsNs, outputTokens, failure = null } = request
  const ns = new Float64Array(gapsNs.length)
  let at = sentNs
  for (let c = 0; c < ns.length; c++) {
    at += gapsNs[c]!
    ns[c] = at
  }
  const isCounted = outputTokens !== null && outputTokens > 0
  return {
    id,
    worker: 0,
    moments: {
      dueNs,
      dispatchedNs: sentNs,
      sentNs,
      headersNs: null,
      endNs: Math.max(at, request.endNs ?? at),
    },
    outcome:
      failure === null
        ? { kind: 'ok' }
        : { kind: 'failed', ...failure, detail: failure.detail.trim().slice(0, LONGEST_DETAIL) },
    attempts: 1,
    connectNs: null,
    prompt: { wantedTokens: request.promptTokens ?? 0, serverTokens: null, cachedTokens: null },
    output: { wantedTokens: 0, serverTokens: outputTokens, finishReason: null },
    chunks: {
      ns,
      channels: 'a'.repeat(ns.length),
      chars: new Int32Array(ns.length),
      tokens: Int32Array.from(isCounted ? spreadEvenly(ns.length, outputTokens) : [...ns].map(() => 1)),
    },
    tokenSource: isCounted ? 'usage-total' : 'chunk',
    text: null,
  }
}
