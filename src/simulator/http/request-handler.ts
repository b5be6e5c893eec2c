import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerCompletion } from './answer-completion.ts'
import { ApiError } from './api-error.ts'
import { chatFormat } from './chat-format.ts'
import { completionsFormat } from './completions-format.ts'
import type { EndpointContext } from './endpoint-context.ts'
import { renderMetrics } from './metrics/render-metrics.ts'
import { toolCallFormat } from './tool-call-format.ts'

interface Route {
  readonly method: 'GET' | 'POST'
  readonly isPublic?: true
  answer(requestId: string, request: IncomingMessage, response: ServerResponse): void | Promise<void>
}

/** Finds what a request asks for and answers it, with errors in OpenAI's shape. Never rejects. */
export function createRequestHandler(
  context: EndpointContext,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { options, limits } = context
  const models = JSON.stringify({
    object: 'list',
    data: [
      {
        id: options.model,
        object: 'model',
        created: Math.floor(Date.now() / 1000),
        owned_by: 'metron',
        max_model_len: Math.min(limits.contextTokens, limits.kvTokens),
      },
    ],
  })
  const routes = new Map<string, Route>([
    [
      '/health',
      {
        method: 'GET',
        isPublic: true,
        answer: (_id, _request, response) => writeJson(response, 200, '{"status":"ok"}'),
      },
    ],
    [
      '/metrics',
      {
        method: 'GET',
        isPublic: true,
        answer: (_id, _request, response) => {
          const { engine } = context
          response
            .writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
            .end(renderMetrics(options.model, engine.stats(), engine.metrics))
        },
      },
    ],
    ['/v1/models', { method: 'GET', answer: (_id, _request, response) => writeJson(response, 200, models) }],
  ])
  for (const format of [options.toolCalls ? toolCallFormat : chatFormat, completionsFormat]) {
    routes.set(`/v1${format.path}`, {
      method: 'POST',
      answer: (id, request, response) => answerCompletion(context, format, id, request, response),
    })
  }
  let requests = 0
  return async (request, response) => {
    const given = request.headers['x-request-id']
    const requestId =
      typeof given === 'string' && given.length <= 200 && given !== '' ? given : `sim-${requests}`
    requests++
    response.setHeader('x-request-id', requestId)
    try {
      await findRoute(request).answer(requestId, request, response)
    } catch (error) {
      fail(response, error)
    }
  }

  function findRoute(request: IncomingMessage): Route {
    const path = request.url!.split('?', 1)[0]!
    const route = routes.get(path)
    if (route === undefined) throw new ApiError(404, `There is nothing at '${path}'.`, { code: 'not_found' })
    if (request.method !== route.method) {
      throw new ApiError(405, `'${path}' takes ${route.method}, not ${request.method}.`, {
        code: 'method_not_allowed',
        headers: { allow: route.method },
      })
    }
    const key = options.apiKey
    if (key !== undefined && route.isPublic !== true && request.headers.authorization !== `Bearer ${key}`) {
      throw new ApiError(401, 'The API key is missing or wrong.', {
        code: 'invalid_api_key',
        headers: { 'www-authenticate': 'Bearer' },
      })
    }
    return route
  }
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) {
    response.destroy()
    return
  }
  const answer =
    error instanceof ApiError
      ? error
      : new ApiError(500, `${(error as Error).message}`, { type: 'server_error' })
  writeJson(response, answer.status, answer.toJson(), answer.headers)
}

function writeJson(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    })
    .end(body)
}
