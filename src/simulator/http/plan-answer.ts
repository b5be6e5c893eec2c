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
): Pick<Order, 'promptTokens' | 'outputTokens' | 'maxOutputTokens' | 'finishReason' | 'textSeed'> {
  const { options, limits, countTokens } = context
  // An empty prompt still has its begin-of-text token.
  const promptTokens = Math.max(1, completion.promptIds || countTokens(completion.promptText))
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
  return { promptTokens, outputTokens: tokens, maxOutputTokens: maxTokens, finishReason: reason, textSeed }
}
