import type { Channel } from '../../records/request-record.ts'
import { isJsonObject, type JsonObject } from '../json-object.ts'
import type { StreamEvent } from '../protocol.ts'
import { serverErrorMessage } from '../server-error-message.ts'

/** What the one choice of an event holds. */
export interface ChoiceContent {
  readonly text: string | null
  readonly channel: Channel
  /** Tokens by logprobs, `null` when there are none. */
  readonly logprobTokens: number | null
}

const NOTHING: StreamEvent = {
  text: null,
  channel: 'a',
  tokens: null,
  usageOutputTokens: null,
  usagePromptTokens: null,
  usageCachedTokens: null,
  finishReason: null,
  error: null,
  done: false,
}

/** Finish reasons by which a server says that it gave up. */
const FAILED_FINISH = new Set(['error', 'abort'])

/**
 * Reads what chat completions and completions have in common: `[DONE]`, errors, usage, finish reason and token ids.
 * Only the choice with index 0 counts, since a record is one answer.
 *
 * @throws SyntaxError when `data` is not a JSON object.
 */
export function readStreamEvent(
  data: string,
  readChoice: (choice: JsonObject) => ChoiceContent,
): StreamEvent {
  if (data.trimEnd() === '[DONE]') return { ...NOTHING, done: true }
  const event: unknown = JSON.parse(data)
  if (!isJsonObject(event)) throw new SyntaxError('the event is not a JSON object')

  const choice = Array.isArray(event.choices) ? event.choices.find(isFirstChoice) : undefined
  const content = choice === undefined ? null : readChoice(choice)
  const finishReason = choice === undefined ? null : readFinishReason(choice.finish_reason)
  const usage = isJsonObject(event.usage) ? event.usage : undefined
  const promptDetails = usage?.prompt_tokens_details
  return {
    text: content?.text ? content.text : null,
    channel: content?.text ? content.channel : 'a',
    tokens: choice === undefined ? null : (countTokenIds(choice) ?? content?.logprobTokens ?? null),
    usageOutputTokens: toCount(usage?.completion_tokens),
    usagePromptTokens: toCount(usage?.prompt_tokens),
    usageCachedTokens: isJsonObject(promptDetails) ? toCount(promptDetails.cached_tokens) : null,
    finishReason,
    error: readError(event, finishReason),
    done: false,
  }
}

function isFirstChoice(choice: unknown): choice is JsonObject {
  return isJsonObject(choice) && (choice.index === 0 || choice.index === undefined)
}

/** Some servers send an object with a `type` instead of text. */
function readFinishReason(value: unknown): string | null {
  if (isJsonObject(value)) return readFinishReason(value.type)
  return typeof value === 'string' && value !== '' ? value : null
}

function readError(event: JsonObject, finishReason: string | null): string | null {
  const error = event.error
  if ((error !== undefined && error !== null && error !== false) || event.object === 'error') {
    return serverErrorMessage(event) ?? 'an error without a message'
  }
  if (finishReason !== null && FAILED_FINISH.has(finishReason))
    return `the server's finish reason is ${finishReason}`
  return null
}

function countTokenIds(choice: JsonObject): number | null {
  return Array.isArray(choice.token_ids) ? choice.token_ids.length : null
}

function toCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}
