import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, allReplicasDown, tooManyRequests } from './api-error.ts'
import type { CompletionRequest } from './completion-request.ts'
import type { EndpointContext } from './endpoint-context.ts'
import { openEventStream } from './event-stream.ts'
import { type RequestedFaults, readFaults } from './faults/read-faults.ts'
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
  const asked = chooseFaults(context, requestId, String(faultHeader ?? ''), completion.stream)
  // Only to a client that says it can read that.
  const gzip = asked.dress.gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const faults: RequestedFaults = { ...asked, dress: { ...asked.dress, gzip } }
  if (faultHeader !== undefined && faults.cut && !completion.stream) {
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
    const { miscountTokens } = faults
    const wholeOptions = { clock, promptTokens, reasoningTokens, miscountTokens }
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
    miscountTokens: faults.miscountTokens,
    stall: faults.dress.stall,
    continuousUsage: completion.continuousUsage && usage === 'running',
  }
  let stream: ReturnType<typeof openEventStream> | undefined
  const open = () => {
    stream = openEventStream(response, faults.dress)
    return createStreamedAnswer(stream, format.events(head), { ...streamOptions, roleEvent })
  }
  if (faults.cut === null) return { open, cut: null }
  const { fault, afterTokens } = faults.cut
  return {
    open,
    cut: { afterTokens, apply: () => stream!.afterSent(() => fault.cut!({ response, stream: stream! })) },
  }
}

/** Those of the options, then those of the header. An answer that is not streamed is never cut by the options. */
function chooseFaults(
  { options, random }: EndpointContext,
  requestId: string,
  header: string,
  isStreamed: boolean,
): RequestedFaults {
  const own = random.split(`faults ${requestId}`)
  const faults = readFaults([...options.faults, header].join(','), own)
  return isStreamed || readFaults(header, own).cut !== null ? faults : { ...faults, cut: null }
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
