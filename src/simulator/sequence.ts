/** One request as the engine needs it. Callers extend it with what they want back. */
export interface SimulatedRequest {
  /** At least 1. */
  readonly promptTokens: number
  /** Tokens that the answer will have, at least 1. The engine's policy does not look at it. */
  readonly outputTokens: number
  /** Tokens that the answer may have: what the KV cache must have room for. At least `outputTokens`. */
  readonly maxOutputTokens: number
}

/** Where a sequence is on its way through the engine. */
export type SequenceState = 'waiting' | 'running' | 'finished' | 'cancelled'

/** A request inside the engine. Only the engine changes it. */
export interface Sequence<Request extends SimulatedRequest = SimulatedRequest> {
  readonly request: Request
  /** When it was submitted. */
  readonly arrivalNs: number
  readonly state: SequenceState
  /** Prompt tokens already in the cache. */
  readonly prefilledTokens: number
  /** Output tokens already produced. */
  readonly emittedTokens: number
  /** Start of the step that began its prefill, `null` while it waits. */
  readonly prefillStartNs: number | null
  /** End of the step that completed its prefill and produced its first token, `null` before. */
  readonly prefillEndNs: number | null
}

/** KV cache room that a request takes from its admission to its end, tokens. */
export function reservedTokens(request: SimulatedRequest): number {
  return request.promptTokens + request.maxOutputTokens
}
