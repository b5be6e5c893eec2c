import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, allReplicasDown, tooManyRequests } from './api-error.ts'
import type { CompletionRequest } from './completion-request.ts'
import type { EndpointContext } from './endpoint-context.ts'
import { openEventStream } from './event-stream.ts'
import { type RequestedFaults, readFaultHeader } from './faults/read-fault-header.ts'
import { planAnswer } from './plan-answer.ts'
import { readBody } from './read-body.ts'
import type { Order } from './serving-engine.ts'
import { createStreamedAnswer } from './streamed-answer.ts'
import { createWholeAnswer } from './whole-answer.ts'
import type { AnswerHead, TokenInfo, WireFormat } from './wire-format.ts'

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
  const receivedNs = clock.nowNs()
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
  const lengths = planAnswer(context, completion, requestId)
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
    reset: () => void response.socket?.resetAndDestroy(),
    ...createWriter(context, format, head, completion, lengths.promptTokens, faults, response),
  })
  if (giveUp === 'queue-full') throw tooManyRequests()
  if (giveUp === 'all-down') throw allReplicasDown()
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
  const { tokensPerEvent, roleEvent, usage } = options
  const streamOptions = {
    clock,
    promptTokens,
    tokensPerEvent,
    reasoningTokens,
    tokenInfo: chooseTokenInfo(options.tokenInfo, completion),
    includeUsage: completion.includeUsage && usage !== 'none',
    continuousUsage: completion.continuousUsage && usage === 'running',
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

function chooseTokenInfo(
  offered: EndpointContext['options']['tokenInfo'],
  { logprobs, returnTokenIds }: CompletionRequest,
): TokenInfo {
  if (offered !== 'on-request') return offered
  if (logprobs) return returnTokenIds ? 'both' : 'logprobs'
  return returnTokenIds ? 'token-ids' : 'none'
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
