import type { RequestRecord } from '../../records/request-record.ts'
import { assembleRecord } from '../assemble-record.ts'
import type { AskServer, FinishedExchange } from '../exchange-once.ts'
import type { Protocol, ProtocolTarget } from '../protocol.ts'
import { createResponseDecoder } from '../response-decoder.ts'
import { MAX_COMPLETION_TOKENS } from './encode-request.ts'
import { preflightError } from './preflight-error.ts'

export interface ProbeStreamOptions {
  readonly protocol: Protocol
  readonly base: Pick<ProtocolTarget, 'model' | 'headers' | 'extraBody'>
  readonly basePaths: readonly string[]
  readonly models: readonly string[]
  readonly display: string
  readonly ask: AskServer
}

export interface StreamProbe {
  readonly target: ProtocolTarget
  readonly serverHeader: string | null
  readonly sample: RequestRecord
}

const SAMPLE_REQUEST = { id: 0, dueNs: null, prompt: 'Say hello.', promptTokens: 3, outputTokens: 4 }

/** A field that the server refuses may be named by what it is part of. */
const FIELD_NAMES: Readonly<Record<string, RegExp>> = {
  ignore_eos: /ignore_eos/,
  min_tokens: /min_tokens/,
  continuous_usage_stats: /continuous_usage_stats|include_usage|stream_options/,
  include_usage: /include_usage|stream_options/,
}

/** Kept when a refusal names no field, as long as there is another to leave out. */
const LAST_FIELDS: readonly string[] = ['include_usage', MAX_COMPLETION_TOKENS]

/**
 * Sends one tiny streaming request with all optional fields; refused (400, 422), again without the fields that the
 * refusal names, or without any when it names none; last of all without a usage. A stream without tokens passes: four tokens may all be hidden.
 *
 * @throws MetronError `preflight-failed`.
 */
export async function probeStream(options: ProbeStreamOptions): Promise<StreamProbe> {
  const { protocol, base, models, display, ask } = options
  let accepts: readonly string[] = protocol.optionalFields
  let [basePath = '', ...otherPaths] = options.basePaths
  for (;;) {
    const target: ProtocolTarget = { ...base, basePath, accepts }
    const request = protocol.encode(SAMPLE_REQUEST, target)
    const exchange = await ask(request)
    const sample = toRecord(protocol, exchange)
    const { outcome } = sample
    if (outcome.kind === 'ok' || outcome.reason === 'empty') {
      return { target, sample, serverHeader: headerOf(exchange, 'server') }
    }
    const fewer = isRefusal(outcome.status) ? withoutRefused(accepts, outcome.detail) : null
    if (fewer !== null) {
      accepts = fewer
      continue
    }
    const error = preflightError({
      display,
      method: 'POST',
      path: request.path,
      outcome,
      contentType: exchange.end.contentType,
      model: base.model,
      models,
    })
    const next = outcome.status === 404 || outcome.status === 405 ? otherPaths.shift() : undefined
    if (next === undefined) throw error
    basePath = next
  }
}

function isRefusal(status: number | null): boolean {
  return status === 400 || status === 422
}

/** `null` when nothing is left to leave out. */
function withoutRefused(accepts: readonly string[], detail: string): readonly string[] | null {
  if (detail.includes(MAX_COMPLETION_TOKENS) && !accepts.includes(MAX_COMPLETION_TOKENS)) {
    return [...accepts, MAX_COMPLETION_TOKENS]
  }
  let refused = accepts.filter((field) => FIELD_NAMES[field]?.test(detail))
  // The usage at the end is given up last: without it there may be no count of tokens at all.
  if (refused.length > 1) refused = refused.filter((field) => field !== 'include_usage')
  if (refused.length === 0) refused = accepts.filter((field) => !LAST_FIELDS.includes(field))
  if (refused.length === 0) refused = accepts.filter((field) => field === 'include_usage')
  return refused.length === 0 ? null : accepts.filter((field) => !refused.includes(field))
}

function toRecord(protocol: Protocol, { segment, end }: FinishedExchange): RequestRecord {
  const decoder = createResponseDecoder(protocol)
  decoder.feed(segment)
  return assembleRecord({ request: SAMPLE_REQUEST, end, decoded: decoder.finish(end), keepText: true })
}

function headerOf({ headers }: FinishedExchange, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}
