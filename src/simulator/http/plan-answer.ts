import { prefixBlocks } from '../prefix-blocks.ts'
import { drawAnswerLength } from './answer-length.ts'
import { ApiError } from './api-error.ts'
import type { CompletionRequest } from './completion-request.ts'
import type { EndpointContext } from './endpoint-context.ts'
import type { Order } from './serving-engine.ts'

/**
 * Counts the prompt and decides the answer's length and text. Throws a 400 `ApiError` `context_length_exceeded` when
 * both do not fit. The same request id gives the same answer, whatever else the server does.
 */
export function planAnswer(
  context: EndpointContext,
  completion: CompletionRequest,
  requestId: string,
): Pick<
  Order,
  'promptTokens' | 'prefixBlocks' | 'outputTokens' | 'maxOutputTokens' | 'finishReason' | 'textSeed'
> {
  const { options, limits } = context
  const { promptTokens, blocks } = readPrompt(context, completion)
  const room = Math.min(limits.contextTokens, limits.kvTokens)
  const maxTokens =
    completion.maxTokens ??
    Math.max(1, completion.minTokens, Math.min(options.defaultMaxTokens, room - promptTokens))
  if (promptTokens + maxTokens > room) {
    throw new ApiError(
      400,
      `This model's maximum context length is ${room} tokens. However, you requested ${promptTokens + maxTokens} ` +
        `tokens (${promptTokens} in the prompt, ${maxTokens} in the completion). Please reduce one of them.`,
      { param: 'messages', code: 'context_length_exceeded' },
    )
  }
  const random = context.random.split(requestId)
  const textSeed = Math.floor(random.uniform() * 2 ** 32)
  const { minTokens, ignoreEos } = completion
  const { eosProbability } = options
  const { tokens, reason } = drawAnswerLength({ maxTokens, minTokens, eosProbability, ignoreEos }, random)
  const answer = { outputTokens: tokens, maxOutputTokens: maxTokens, finishReason: reason, textSeed }
  return { promptTokens, ...(blocks === null ? {} : { prefixBlocks: blocks }), ...answer }
}

/** An empty prompt still has its begin-of-text token. Ids are only needed where something looks at what prompts begin with. */
function readPrompt(
  { prefixBlockTokens, countTokens, encode }: EndpointContext,
  { promptIds, promptText }: CompletionRequest,
): { readonly promptTokens: number; readonly blocks: readonly number[] | null } {
  if (prefixBlockTokens === null) {
    return { promptTokens: Math.max(1, promptIds?.length ?? countTokens(promptText)), blocks: null }
  }
  const ids = promptIds ?? encode(promptText)
  return { promptTokens: Math.max(1, ids.length), blocks: prefixBlocks(ids, prefixBlockTokens) }
}
