import type { EngineRequest, WireRequest } from '../engine/request.ts'
import type { Channel } from '../records/request-record.ts'

/** Optional request fields that only some servers take; pre-flight finds out which. */
export interface ServerAccepts {
  readonly fields: readonly string[]
}

/** What a protocol needs to know of the target to write a request. */
export interface ProtocolTarget {
  /** Path of the API root, such as `/v1`, without a trailing slash. */
  readonly basePath: string
  readonly model: string
  /** Headers of every request; may hold secrets. */
  readonly headers: Readonly<Record<string, string>>
  /** Optional fields to send, a subset of `Protocol.optionalFields`. */
  readonly accepts: readonly string[]
  /** Extra fields merged into every body. */
  readonly extraBody: Readonly<Record<string, unknown>>
}

/** What one event of a response stream meant. An event may mean several things at once. */
export interface StreamEvent {
  /** Content of the event, `null` when it carries none (role-only, empty, usage-only). */
  readonly text: string | null
  readonly channel: Channel
  /** Tokens in this event by token ids or logprobs. */
  readonly tokens: number | null
  /** `completion_tokens` so far, when the event carries a usage. */
  readonly usageOutputTokens: number | null
  readonly usagePromptTokens: number | null
  readonly usageCachedTokens: number | null
  readonly finishReason: string | null
  readonly error: string | null
  readonly done: boolean
}

/**
 * A wire protocol, as a plain object: how to write a request and how to read one event of its response stream.
 * A new protocol is a new folder under `clients/` and one line in `app/`.
 */
export interface Protocol {
  readonly kind: string
  readonly summary: string
  /** Request fields that only some servers take, see `ServerAccepts`. */
  readonly optionalFields: readonly string[]
  encode(request: EngineRequest, target: ProtocolTarget): WireRequest
  /** `data` is the payload of one server-sent event. Throws `SyntaxError` on malformed JSON. */
  readEvent(data: string): StreamEvent
}
