import { ApiError, tooManyRequests } from '../api-error.ts'
import type { WireFault } from './wire-fault.ts'

/** Faults that answer in the engine's place. */
export const answerFaults: readonly WireFault[] = [
  {
    kind: 'status',
    summary: 'answers with this HTTP status and an error body; 429 carries Retry-After',
    argument: 'status',
    answer({ response, argument }) {
      const type = argument >= 500 ? 'server_error' : 'invalid_request_error'
      const error =
        argument === 429 ? tooManyRequests() : new ApiError(argument, 'A fault that was asked for.', { type })
      response
        .writeHead(argument, { 'content-type': 'application/json', ...error.headers })
        .end(error.toJson())
    },
  },
  {
    kind: 'rate-limit',
    summary: 'answers 429 with a Retry-After of so many seconds',
    argument: 'seconds',
    answer({ response, argument }) {
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': `${argument}` })
        .end(tooManyRequests().toJson())
    },
  },
  {
    kind: 'reset-headers',
    summary: 'resets the connection instead of an answer',
    argument: null,
    answer({ response }) {
      response.socket?.resetAndDestroy()
    },
  },
  {
    kind: 'html',
    summary: 'answers 200 with a web page, as a proxy in the way may',
    argument: null,
    answer({ response }) {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!doctype html><title>Welcome</title><p>Please log in.</p>\n')
    },
  },
  {
    kind: 'empty',
    summary: 'streams an answer that ends well but has no token',
    argument: null,
    answer({ events, openStream }) {
      const stream = openStream()
      if (events.role !== null) stream.send(events.role)
      stream.send(events.finish('stop', undefined))
      stream.send('[DONE]')
      stream.end()
    },
  },
  {
    kind: 'hang-headers',
    summary: 'takes the request and never answers',
    argument: null,
    answer() {},
  },
]
