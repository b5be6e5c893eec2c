import type { CompletionRequest } from './completion-request.ts'

/** What every event and body of one answer has in common. */
export interface AnswerHead {
  /** Without the format's prefix. */
  readonly id: string
  /** Unix seconds. */
  readonly created: number
  readonly model: string
}

export type FinishReason = 'length' | 'stop'

export interface Usage {
  readonly promptTokens: number
  readonly outputTokens: number
  readonly reasoningTokens: number
  /** Prompt tokens from the prefix cache; `null` without one. */
  readonly cachedTokens: number | null
}

/** What an event tells of its tokens, apart from their text. */
export type TokenInfo = 'none' | 'logprobs' | 'token-ids' | 'both'

/** Some tokens that go out in one event. */
export interface TokenEvent {
  /** Text of each token; needs no escaping. */
  readonly tokens: readonly string[]
  readonly reasoning: boolean
  /** The last of the answer is among them. */
  readonly isLast: boolean
  readonly info: TokenInfo
  /** The JSON of a running usage, `null`, or `undefined` for no such field. */
  readonly usage: string | null | undefined
}

/** The events of one streamed answer. Each result is the JSON of one server-sent event, ASCII only. */
export interface EventTexts {
  /** The event that opens the answer and carries no token; `null` where the protocol has none. */
  readonly role: string | null
  tokens(event: TokenEvent): string
  /** `usage` as in `TokenEvent`. */
  finish(reason: FinishReason, usage: string | null | undefined): string
  usage(usage: string): string
}

/** A completion endpoint, as a plain object: how its requests are read and its answers are written. */
export interface WireFormat {
  /** Path under the API root. */
  readonly path: string
  /** `false`: tokens asked to go out as reasoning go out as answer. */
  readonly hasReasoning: boolean
  readRequest(json: unknown): CompletionRequest
  events(head: AnswerHead): EventTexts
  /** The body of an answer that is not streamed. */
  whole(head: AnswerHead, answer: string, reasoning: string, reason: FinishReason, usage: Usage): string
}

/** `usage` as OpenAI writes it. */
export function usageJson(usage: Usage): string {
  const { promptTokens, outputTokens, reasoningTokens, cachedTokens } = usage
  const details =
    reasoningTokens > 0 ? `,"completion_tokens_details":{"reasoning_tokens":${reasoningTokens}}` : ''
  const prompt = cachedTokens === null ? '' : `,"prompt_tokens_details":{"cached_tokens":${cachedTokens}}`
  const total = promptTokens + outputTokens
  return `{"prompt_tokens":${promptTokens},"completion_tokens":${outputTokens},"total_tokens":${total}${prompt}${details}}`
}

/** JSON of `value` without a character beyond ASCII, so that lengths in characters are lengths in bytes. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
