import type { Outcome } from './outcome.ts'

/** Raised whenever the meaning or shape of a journal line or a Parquet column changes. */
export const RECORD_SCHEMA_VERSION = 1

/**
 * The moments of one request, integer nanoseconds of the run's monotonic clock since the run's zero.
 * `null` means that the moment never came.
 */
export interface Moments {
  /** The schedule says: send now. Closed loop: the slot became free. */
  readonly dueNs: number
  /** The engine handed the request to the client. `dispatchedNs - dueNs` is the instrument's own lag. */
  readonly dispatchedNs: number
  /** The request's last byte was given to the socket, after connecting. */
  readonly sentNs: number | null
  /** The response headers were complete. */
  readonly headersNs: number | null
  /** The body was complete, or the failure was seen. */
  readonly endNs: number
}

/**
 * Where the token count of each chunk comes from, best first.
 *
 * - `token-ids`: the server sent token ids or logprobs with each event.
 * - `usage`: the server sent a running usage with each event.
 * - `tokenizer`: the whole text was tokenised after the run and the offsets mapped back to chunks.
 * - `usage-total`: only a final total was known; spread over the chunks.
 * - `chunk`: nothing was known; one token a chunk (reports warn).
 */
export type TokenSource = 'token-ids' | 'usage' | 'tokenizer' | 'usage-total' | 'chunk'

/** `a` visible answer, `r` reasoning, `t` tool call. */
export type Channel = 'a' | 'r' | 't'

/**
 * The content-bearing events of one response, as parallel columns with one entry per chunk.
 * Role-only, empty, usage-only and `[DONE]` events are not chunks.
 */
export interface Chunks {
  /** Arrival of the read that completed the event, in ns since the run's zero; never decreasing. */
  readonly ns: ArrayLike<number>
  /** One character per chunk, see {@link Channel}: `'rrraaa'`. */
  readonly channels: string
  /** UTF-16 length of the text of each chunk; the entries sum to `text.length` when text is kept. */
  readonly chars: ArrayLike<number>
  /** Tokens in each chunk; `null` until known (the stream did not tell and attribution has not run). */
  readonly tokens: ArrayLike<number> | null
}

/** What one request was: facts only, one journal line, one row of `requests.parquet`. */
export interface RequestRecord {
  /** Index in the plan, from 0; unique in a run. */
  readonly id: number
  /** Index of the worker thread that sent it, from 0. */
  readonly worker: number
  readonly moments: Moments
  readonly outcome: Outcome
  /** 1, plus one for each silent resend after a kept-alive connection turned out to be closed. */
  readonly attempts: number
  /** TCP + TLS set-up time when this request opened its connection; `null` when it reused one (or never connected). */
  readonly connectNs: number | null
  readonly prompt: {
    /** Tokens asked of the prompt builder, by the run's tokenizer. */
    readonly wantedTokens: number
    /** `usage.prompt_tokens` of the server, `null` when it did not say. */
    readonly serverTokens: number | null
    /** Prompt tokens served from the server's prefix cache, `null` when it did not say. */
    readonly cachedTokens: number | null
  }
  readonly output: {
    readonly wantedTokens: number
    /** `usage.completion_tokens` of the server, `null` when it did not say. */
    readonly serverTokens: number | null
    /** The server's last `finish_reason`, `null` when there was none. */
    readonly finishReason: string | null
  }
  readonly chunks: Chunks
  /** `null` until known; set together with `chunks.tokens`. */
  readonly tokenSource: TokenSource | null
  /** Text of all chunks joined in order of arrival; `null` when the run did not keep text. */
  readonly text: string | null
}
