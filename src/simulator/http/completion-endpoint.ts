import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RandomStream } from '../../numerics/random-stream.ts'
import type { EngineLimits } from '../engine-limits.ts'
import { drawAnswerLength } from './answer-length.ts'
import { ApiError, tooManyRequests } from './api-error.ts'
import type { CompletionRequest } from './completion-request.ts'
import { openEventStream } from './event-stream.ts'
import { type RequestedFaults, readFaultHeader } from './faults/read-fault-header.ts'
import { readBody } from './read-body.ts'
import type { ServerOptions } from './server-options.ts'
import type { Order, ServingEngine } from './serving-engine.ts'
import { createStreamedAnswer } from './streamed-answer.ts'
import { createWholeAnswer } from './whole-answer.ts'
import type { AnswerHead, WireFormat } from './wire-format.ts'

/** What the completion endpoints share. */
export interface EndpointContext {
  readonly options: ServerOptions
  readonly limits: EngineLimits
  readonly engine: ServingEngine
  readonly clock: () => number
  readonly countTokens: (text: string) => number
  /** Child streams by request id make texts and lengths independent of the order of arrival. */
  readonly random: RandomStream
}

/** Answers one completion request; throws an `ApiError` for what is wrong with it. */
export async function answerCompletion(
  context: EndpointContext,
  format: WireFormat,
  requestId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { options, engine, clock } = context
  const body = await readBody(request, options.maxBodyBytes)
  const receivedNs = clock()
  const completion = format.readRequest(parseJson(body))
  if (completion.model !== options.model) throw unknownModel(completion.model)
  const faultHeader = options.allowFaults ? request.headers['x-sim-fault'] : undefined
  const faults = readFaultHeader(String(faultHeader ?? ''))
  if (faults.cut && !completion.stream) {
    throw new ApiError(400, `The fault '${faults.cut.fault.kind}' needs 'stream': true.`, { param: 'stream' })
  }
  const head: AnswerHead = {
    id: requestId,
    created: Math.floor(Date.now() / 1000),
    model: options.model,
  }
  const lengths = planLengths(context, completion, requestId)
  if (faults.closeAfter) response.once('finish', () => request.socket.destroySoon())
  if (faults.answer) {
    const { fault, argument } = faults.answer
    const openStream = () => openEventStream(response, faults.dress)
    fault.answer!({ response, argument, events: format.events(head), openStream })
    return
  }
  // Gone already: its close will not come again.
  if (response.destroyed) return
  const giveUp = engine.accept({
    ...lengths,
    requestId,
    receivedNs,
    ...createWriter(context, format, head, completion, lengths.promptTokens, faults, response),
  })
  if (giveUp === null) throw tooManyRequests()
  response.once('close', giveUp)
}

/** How the answer goes out, and how it is cut off if a fault says so. */
function createWriter(
  { options, clock }: EndpointContext,
  format: WireFormat,
  head: AnswerHead,
  completion: CompletionRequest,
  promptTokens: number,
  faults: RequestedFaults,
  response: ServerResponse,
): Pick<Order, 'open' | 'cut'> {
  const reasoningTokens = format.hasReasoning ? options.reasoningTokens : 0
  if (!completion.stream) {
    const wholeOptions = { clock, promptTokens, reasoningTokens }
    return { open: () => createWholeAnswer(response, format, head, wholeOptions), cut: null }
  }
  const { tokensPerEvent, roleEvent } = options
  const { includeUsage, continuousUsage } = completion
  const streamOptions = {
    clock,
    promptTokens,
    tokensPerEvent,
    reasoningTokens,
    includeUsage,
    continuousUsage,
  }
  let stream: ReturnType<typeof openEventStream> | undefined
  const open = () => {
    stream = openEventStream(response, faults.dress)
    return createStreamedAnswer(stream, format.events(head), { ...streamOptions, roleEvent })
  }
  if (faults.cut === null) return { open, cut: null }
  const { fault, afterTokens } = faults.cut
  return { open, cut: { afterTokens, apply: () => fault.cut!({ response, stream: stream! }) } }
}

function planLengths(context: EndpointContext, completion: CompletionRequest, requestId: string) {
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ApiError(400, `The body is not valid JSON: ${(cause as Error).message}.`)
  }
}

function unknownModel(model: string): ApiError {
  return new ApiError(404, `The model '${model}' does not exist.`, {
    param: 'model',
    code: 'model_not_found',
  })
}
