import type { EngineRequest, WireRequest } from '../../engine/request.ts'
import type { ProtocolTarget } from '../protocol.ts'

/** Request fields that only some servers take: an exact output length, a usage in every event and one at the end. */
export const OPTIONAL_FIELDS = [
  'ignore_eos',
  'min_tokens',
  'continuous_usage_stats',
  'include_usage',
] as const

/** In `accepts` when the server wants this field in the place of `max_tokens`. */
export const MAX_COMPLETION_TOKENS = 'max_completion_tokens'

/**
 * The request both protocols send: streaming, with the optional fields that the server takes, and the prompt under
 * `promptField`.
 * Sampling is left to the server unless `extraBody` says otherwise; `extraBody` wins over every field here.
 */
export function encodeRequest(
  path: string,
  promptField: Readonly<Record<string, unknown>>,
  request: EngineRequest,
  target: ProtocolTarget,
): WireRequest {
  const accepts = new Set(target.accepts)
  const streamOptions = {
    ...(accepts.has('include_usage') ? { include_usage: true } : {}),
    ...(accepts.has('continuous_usage_stats') ? { continuous_usage_stats: true } : {}),
  }
  const lengthField = accepts.has(MAX_COMPLETION_TOKENS) ? MAX_COMPLETION_TOKENS : 'max_tokens'
  const body = {
    model: target.model,
    ...promptField,
    stream: true,
    ...(Object.keys(streamOptions).length > 0 ? { stream_options: streamOptions } : {}),
    [lengthField]: request.outputTokens,
    ...(accepts.has('min_tokens') ? { min_tokens: request.outputTokens } : {}),
    ...(accepts.has('ignore_eos') ? { ignore_eos: true } : {}),
    ...target.extraBody,
  }
  return {
    path: `${target.basePath}${path}`,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-request-id': `metron-${request.id}`,
      ...target.headers,
    },
    body: JSON.stringify(body),
  }
}
