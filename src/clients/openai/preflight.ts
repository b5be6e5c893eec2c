import type { Clock } from '../../clock/clock.ts'
import { createMonotonicClock } from '../../clock/monotonic-clock.ts'
import { MetronError } from '../../errors/metron-error.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import { type AskServer, exchangeOnce } from '../exchange-once.ts'
import type { Protocol, ProtocolTarget } from '../protocol.ts'
import { createUndiciClient, type TlsOptions } from '../transport/undici-client.ts'
import { discoverModels } from './discover-models.ts'
import { parseTargetUrl } from './parse-target-url.ts'
import { probeStream } from './probe-stream.ts'

export interface PreflightOptions {
  /** As a person gave it, see `parseTargetUrl`. */
  readonly url: string
  readonly protocol: Protocol
  /** Default: the first model that the server lists. */
  readonly model?: string
  /** Headers of every request, such as `authorization`; they win over user and password in the URL. */
  readonly headers?: Readonly<Record<string, string>>
  readonly extraBody?: Readonly<Record<string, unknown>>
  readonly tls?: TlsOptions
  /** For the whole pre-flight. Default 5 s. */
  readonly timeoutNs?: number
  readonly clock?: Clock
}

/** What the pre-flight found out; enough to send the run's requests. */
export interface Preflight {
  /** For the transport: scheme, host and port. */
  readonly origin: string
  /** For the protocol; holds the headers, hence secrets. */
  readonly target: ProtocolTarget
  /** API root for people and files, without secrets. */
  readonly displayUrl: string
  readonly model: string
  /** Models the server lists, in its order; empty when it lists none. */
  readonly models: readonly string[]
  /** Optional fields that the server took. */
  readonly accepts: readonly string[]
  /** The `server` header, `null` when it sent none. */
  readonly serverHeader: string | null
  /** The record of the tiny request that succeeded: a stream, though it may be empty of tokens. */
  readonly sample: RequestRecord
}

const DEFAULT_TIMEOUT_NS = 5e9

/**
 * Finds out, before a run, that the server is there, which model it has, that it streams, and which optional fields
 * it takes: `GET /models`, then one tiny streaming request with all optional fields, repeated without those that it
 * refuses.
 *
 * @throws MetronError `preflight-failed` with the reason and a hint, within `timeoutNs`; `bad-config` for a bad URL.
 */
export async function preflight(options: PreflightOptions): Promise<Preflight> {
  const { protocol, timeoutNs = DEFAULT_TIMEOUT_NS, clock = createMonotonicClock() } = options
  const url = parseTargetUrl(options.url)
  const headers = { ...url.headers, ...options.headers }
  const deadlineNs = clock.nowNs() + timeoutNs
  // The pre-flight's own deadline is exact; the transport's timers come later and only tidy up.
  const client = createUndiciClient({
    origin: url.origin,
    clock,
    connectTimeoutNs: timeoutNs,
    headersTimeoutNs: timeoutNs,
    streamTimeoutNs: timeoutNs,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
  })
  const ask: AskServer = (request) =>
    exchangeOnce({ client, clock, request, timeoutNs: Math.max(1e6, deadlineNs - clock.nowNs()) })

  try {
    const { models, basePaths } = await discoverModels({
      url,
      headers,
      ask,
      needed: options.model === undefined,
    })
    const model = options.model ?? models[0]
    if (model === undefined) {
      throw new MetronError('preflight-failed', `${url.display} lists no model`, {
        hint: 'Name the model (--model).',
      })
    }
    const extraBody = options.extraBody ?? {}
    const base = { model, headers, extraBody }
    const probe = await probeStream({ protocol, base, basePaths, models, display: url.display, ask })
    return {
      origin: url.origin,
      target: probe.target,
      displayUrl: `${url.origin}${probe.target.basePath}`,
      model,
      models,
      accepts: probe.target.accepts,
      serverHeader: probe.serverHeader,
      sample: probe.sample,
    }
  } finally {
    await client.close()
  }
}
