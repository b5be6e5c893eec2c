import { isJsonObject, type JsonObject } from '../json-object.ts'
import type { Protocol } from '../protocol.ts'
import { encodeRequest, OPTIONAL_FIELDS } from './encode-request.ts'
import { type ChoiceContent, readStreamEvent } from './read-stream-event.ts'

/** OpenAI completions: a bare prompt, continued; content is the `text` of choice 0, all of it answer. */
export const completions: Protocol = {
  kind: 'openai-completions',
  summary: 'OpenAI completions with streaming (POST /completions)',
  optionalFields: OPTIONAL_FIELDS,
  encode(request, target) {
    return encodeRequest('/completions', { prompt: request.prompt }, request, target)
  },
  readEvent(data) {
    return readStreamEvent(data, readChoice)
  },
}

function readChoice(choice: JsonObject): ChoiceContent {
  const text = choice.text
  const logprobs = choice.logprobs
  const tokens = isJsonObject(logprobs) && Array.isArray(logprobs.tokens) ? logprobs.tokens.length : 0
  return {
    text: typeof text === 'string' ? text : null,
    channel: 'a',
    logprobTokens: tokens > 0 ? tokens : null,
  }
}
