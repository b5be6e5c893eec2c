import type { Outcome } from '../../records/outcome.ts'
import type { AskServer, FinishedExchange } from '../exchange-once.ts'
import { isJsonObject } from '../json-object.ts'
import { bodyErrorMessage } from '../server-error-message.ts'
import type { TargetUrl } from './parse-target-url.ts'
import { preflightError } from './preflight-error.ts'

export interface DiscoverModelsOptions {
  readonly url: TargetUrl
  readonly headers: Readonly<Record<string, string>>
  readonly ask: AskServer
  /** Fail when the server lists no models. */
  readonly needed: boolean
}

export interface DiscoveredModels {
  readonly models: readonly string[]
  /** API roots that may be the right one: the one that listed models, or all when none did. */
  readonly basePaths: readonly string[]
}

/**
 * Asks each possible API root for its models, until one lists them.
 *
 * @throws MetronError `preflight-failed` when the server cannot be reached or refuses the key, and, if the list is
 * `needed`, when no root lists models.
 */
export async function discoverModels(options: DiscoverModelsOptions): Promise<DiscoveredModels> {
  const { url, headers, ask, needed } = options
  let firstError: Error | null = null
  for (const basePath of url.basePaths) {
    const path = `${basePath}/models`
    const exchange = await ask({
      method: 'GET',
      path,
      headers: { accept: 'application/json', ...headers },
      body: '',
    })
    const { status, contentType } = exchange.end
    const models = readModels(exchange)
    if (models !== null) return { models, basePaths: [basePath] }
    const outcome = listingFailure(exchange)
    const error = preflightError({ display: url.display, method: 'GET', path, outcome, contentType })
    if (status === null || status === 401 || status === 403) throw error
    firstError ??= error
  }
  if (needed && firstError !== null) throw firstError
  return { models: [], basePaths: url.basePaths }
}

/** Ids of `{data: [{id}]}`; `null` when the answer is no list of models. */
function readModels({ end, segment }: FinishedExchange): readonly string[] | null {
  if (end.failure !== null || end.status !== 200) return null
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(segment.bytes))
    const list = isJsonObject(body) ? body.data : null
    if (!Array.isArray(list)) return null
    return list.flatMap((item) => (isJsonObject(item) && typeof item.id === 'string' ? [item.id] : []))
  } catch {
    return null
  }
}

function listingFailure({ end, segment }: FinishedExchange): Extract<Outcome, { kind: 'failed' }> {
  const { failure, status } = end
  if (failure !== null) return { kind: 'failed', ...failure, status }
  const message = bodyErrorMessage(new TextDecoder().decode(segment.bytes))
  const reason = status === 429 ? 'rate-limited' : status === 200 ? 'not-a-stream' : 'http-status'
  const detail = status === 200 ? `no list of models: ${message}` : `HTTP ${status}: ${message}`
  return { kind: 'failed', reason, detail, status }
}
