/** One request as the engine needs it. Callers extend it with what they want back. */
export interface SimulatedRequest {
  /** At least 1. */
  readonly promptTokens: number
  /** Tokens that the answer will have, at least 1. The engine's policy does not look at it. */
  readonly outputTokens: number
  /** Tokens that the answer may have: what the KV cache must have room for. At least `outputTokens`. */
  readonly maxOutputTokens: number
  /** Prompt tokens to be taken as found in a cache, whatever the engine has; 0 when absent. */
  readonly cachedTokens?: number
  /**
   * What the prompt begins with, for the prefix cache: a hash for each whole block of the prompt's first tokens, each of
   * the block and all before it, so that equal hashes mean equal beginnings. None when absent.
   */
  readonly prefixBlocks?: readonly number[]
  /** How long after its arrival the first token is due, for policies that look at it. */
  readonly ttftDeadlineNs?: number
  /** Output tokens already made by another engine, which also hands over the cache of the prompt; 0 when absent. */
  readonly handedOverTokens?: number
}

/** Where a sequence is on its way through the engine. A preempted one waits again; `failed`: it went down with its replica. */
export type SequenceState = 'waiting' | 'running' | 'finished' | 'cancelled' | 'failed'

/** A request inside the engine. Only the engine changes it. */
export interface Sequence<Request extends SimulatedRequest = SimulatedRequest> {
  readonly request: Request
  /** When it was submitted. */
  readonly arrivalNs: number
  /** How many were submitted before it. */
  readonly order: number
  readonly state: SequenceState
  /** Tokens that must be in the cache before it decodes: the prompt, and what it had produced when it was preempted. */
  readonly prefillTokens: number
  /** Of those, how many are in the cache. */
  readonly prefilledTokens: number
  /** Output tokens already produced. */
  readonly emittedTokens: number
  /** KV cache room that it holds alone, tokens. */
  readonly heldTokens: number
  /** Blocks of its prompt that it shares through the prefix cache. */
  readonly sharedBlocks: number
  /** Prompt tokens that its first admission found in the prefix cache. */
  readonly cachedTokens: number
  /** How often it lost its room. */
  readonly preemptions: number
  /** It waits with its cache kept elsewhere: it needs room, but no prefill. */
  readonly resumes: boolean
  /** Start of the step that began its prefill, `null` while it waits. */
  readonly prefillStartNs: number | null
  /** End of the step that completed its prefill and produced its first token, `null` before. */
  readonly prefillEndNs: number | null
}

/** KV cache room for the whole of a request, prompt and longest answer, tokens. */
export function reservedTokens(request: SimulatedRequest): number {
  return request.promptTokens + request.maxOutputTokens
}
