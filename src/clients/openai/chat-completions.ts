import type { Channel } from '../../records/request-record.ts'
import { isJsonObject, type JsonObject } from '../json-object.ts'
import type { Protocol } from '../protocol.ts'
import { encodeRequest, OPTIONAL_FIELDS } from './encode-request.ts'
import { type ChoiceContent, readStreamEvent } from './read-stream-event.ts'

/**
 * OpenAI chat completions, as most servers speak it.
 *
 * Content is `delta.content` and `delta.refusal` (answer), `delta.reasoning_content` or `delta.reasoning`
 * (reasoning), names and arguments of `delta.tool_calls` and `delta.function_call` (tool call). An event that holds
 * several of them is one chunk with their text in the order reasoning, answer, tool call, in the channel of the answer
 * if there is any, else of the tool call: the first visible answer must never be taken for reasoning.
 */
export const chatCompletions: Protocol = {
  kind: 'openai-chat',
  summary: 'OpenAI chat completions with streaming (POST /chat/completions)',
  optionalFields: OPTIONAL_FIELDS,
  encode(request, target) {
    return encodeRequest(
      '/chat/completions',
      { messages: [{ role: 'user', content: request.prompt }] },
      request,
      target,
    )
  },
  readEvent(data) {
    return readStreamEvent(data, readChoice)
  },
}

function readChoice(choice: JsonObject): ChoiceContent {
  const delta = isJsonObject(choice.delta) ? choice.delta : {}
  const reasoning = textOf(delta.reasoning_content) || textOf(delta.reasoning)
  const answer = textOf(delta.content) + textOf(delta.refusal)
  const toolCalls = Array.isArray(delta.tool_calls) ? delta.tool_calls : []
  const tool = toolCalls.map((call) => callText(isJsonObject(call) ? call.function : null)).join('')
  const text = reasoning + answer + tool + callText(delta.function_call)
  return {
    text,
    channel: channelOf(answer, reasoning, text),
    logprobTokens: countLogprobs(choice.logprobs),
  }
}

function channelOf(answer: string, reasoning: string, text: string): Channel {
  if (answer !== '') return 'a'
  return reasoning.length < text.length ? 't' : 'r'
}

function callText(call: unknown): string {
  return isJsonObject(call) ? textOf(call.name) + textOf(call.arguments) : ''
}

function countLogprobs(logprobs: unknown): number | null {
  if (!isJsonObject(logprobs)) return null
  const content = Array.isArray(logprobs.content) ? logprobs.content.length : 0
  const refusal = Array.isArray(logprobs.refusal) ? logprobs.refusal.length : 0
  // Reasoning events carry an empty list on some servers, which says nothing of their tokens.
  return content + refusal > 0 ? content + refusal : null
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
