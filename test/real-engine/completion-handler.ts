import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type CompletionRequest, RefusedRequest, readCompletionRequest } from './completion-request.ts'
import { type CompletionFormat, completionFormat } from './completion-response.ts'
import type { Engine, EngineEvent } from './engine.ts'

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  return body
}

function promptTokensOf(engine: Engine, { prompt, maxTokens }: CompletionRequest): readonly number[] {
  const tokens = typeof prompt === 'string' ? engine.tokenize(prompt) : prompt
  if (tokens.length + maxTokens > engine.contextTokens) {
    throw new RefusedRequest(
      `This model's maximum context length is ${engine.contextTokens} tokens, but ${tokens.length} in the prompt and ${maxTokens} for the answer were asked for.`,
      400,
      'context_length_exceeded',
    )
  }
  return tokens
}

async function answerStream(
  events: AsyncIterable<EngineEvent>,
  format: CompletionFormat,
  { includeUsage }: CompletionRequest,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const send = async (payload: string) => {
    if (!response.write(`data: ${payload}\n\n`)) await once(response, 'drain', { signal })
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  // Headers say that the request is accepted, long before there is a token.
  response.flushHeaders()
  for await (const event of events) {
    if (event.kind === 'admitted') {
      const role = format.role()
      if (role !== undefined) await send(JSON.stringify(role))
    } else if (event.kind === 'token') {
      await send(JSON.stringify(format.token(event.text)))
    } else {
      await send(JSON.stringify(format.finish()))
      if (includeUsage) await send(JSON.stringify(format.usage(event.timings)))
      await send('[DONE]')
    }
  }
  response.end()
}

async function answerWhole(
  events: AsyncIterable<EngineEvent>,
  format: CompletionFormat,
  response: ServerResponse,
): Promise<void> {
  let text = ''
  for await (const event of events) {
    if (event.kind === 'token') text += event.text
    if (event.kind === 'finished') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(format.whole(text, event.timings)))
    }
  }
}

/** Answers one request to a completion endpoint. Rejects with a {@link RefusedRequest}, or when the client leaves. */
export async function answerCompletion(
  engine: Engine,
  endpoint: 'chat' | 'text',
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const completion = readCompletionRequest(endpoint, await bodyOf(request))
  const promptTokens = promptTokensOf(engine, completion)
  const { maxTokens, temperature, seed, stream, includeUsage } = completion
  const events = engine.generate({ promptTokens, maxTokens, temperature, seed, signal: gone.signal })
  const format = completionFormat(endpoint, includeUsage)
  if (stream) await answerStream(events, format, completion, response, gone.signal)
  else await answerWhole(events, format, response)
}
