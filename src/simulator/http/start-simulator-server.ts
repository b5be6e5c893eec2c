import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMonotonicClock } from '../../clock/monotonic-clock.ts'
import { MetronError } from '../../errors/metron-error.ts'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { createEngineParts } from '../engine-options.ts'
import { createGroundTruthLog, type GroundTruth } from '../ground-truth.ts'
import { prefixCacheOptions } from '../prefix-cache-options.ts'
import { createRequestHandler } from './request-handler.ts'
import { type ServerInput, type ServerOptions, serverOptions } from './server-options.ts'
import { createServingEngine, type EngineStats } from './serving-engine.ts'

/** What the server needs and a config file cannot say. */
export interface SimulatorServices {
  /** Tokens of a prompt, by the tokenizer of the simulated model. Runs on the thread that writes tokens. */
  readonly countTokens: (text: string) => number
  /** Token ids of a prompt by the same tokenizer: asked only where a prefix cache or a router looks at what prompts begin with.
   * Without it no prompts share anything. */
  readonly encode?: (text: string) => ArrayLike<number>
  /** Gets the ground truth of each request as one JSON line when it ends. */
  readonly writeGroundTruth?: (line: string) => void
}

/** A running server. */
export interface SimulatorServer {
  /** The API's root, such as `http://127.0.0.1:8000/v1`. */
  readonly url: string
  readonly port: number
  /** The truth about every request that ended, in order of their ends; empty without `keepGroundTruth`. */
  groundTruth(): readonly GroundTruth[]
  stats(): EngineStats
  /** Cuts every connection and frees the port. Idempotent. */
  close(): Promise<void>
}

/**
 * Starts an OpenAI-compatible server over the simulated engine: `/v1/models`, `/v1/chat/completions`,
 * `/v1/completions`, `/health`. Uses no globals: many may run in one process, and in worker threads.
 *
 * Throws `MetronError`: `bad-config` for wrong options, `run-failed` when the address cannot be listened on.
 */
export async function startSimulatorServer(
  input: ServerInput,
  services: SimulatorServices,
): Promise<SimulatorServer> {
  const parsed = serverOptions.safeParse(input)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new MetronError('bad-config', `simulator option ${path.join('.') || '(all)'}: ${message}`)
  }
  const options = parsed.data
  const parts = createEngineParts(options)
  const clock = createMonotonicClock()
  const log = createGroundTruthLog(options.keepGroundTruth, services.writeGroundTruth)
  const engine = createServingEngine(parts, clock, log)
  const handle = createRequestHandler({
    options,
    limits: parts.limits,
    engine,
    clock,
    countTokens: services.countTokens,
    encode: services.encode ?? (() => []),
    prefixBlockTokens: services.encode === undefined ? null : blockTokensOf(options),
    random: createRandomStream(options.seed),
  })
  const server = createServer(
    { noDelay: true, keepAliveTimeout: options.keepAliveTimeoutNs / 1e6 },
    (request: IncomingMessage, response: ServerResponse) => void handle(request, response),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // Very many users connect in one moment; the kernel cuts the number to its own limit.
    server.listen({ port: options.port, host: options.host, backlog: 4096 }, resolve)
  }).catch((cause) => {
    engine.stop()
    const why = LISTEN_FAILURES[cause?.code] ?? cause?.code ?? 'unknown cause'
    throw new MetronError(
      'run-failed',
      `the simulator cannot listen on ${options.host}:${options.port}: ${why}`,
      {
        hint: 'choose another port, or 0 for a free one',
        cause,
      },
    )
  })
  const { port } = server.address() as AddressInfo
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  let closing: Promise<void> | undefined
  return {
    url: `http://${host}:${port}/v1`,
    port,
    groundTruth: () => log.entries(),
    stats: () => engine.stats(),
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve())
        engine.stop()
        server.closeAllConnections()
      })
      return closing
    },
  }
}

/** By the prefix cache of the engine, else of the first replica that has one; a router that looks at beginnings needs no cache. */
function blockTokensOf({ prefixCache, replicas, router }: ServerOptions): number | null {
  const caches = [
    prefixCache,
    ...(typeof replicas === 'number' ? [] : replicas.map((each) => each.prefixCache)),
  ]
  const cache = caches.find((each) => each !== null && each !== undefined)
  if (cache) return cache.blockTokens
  return router.kind === 'prefix-affinity' ? prefixCacheOptions.parse({}).blockTokens : null
}

const LISTEN_FAILURES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses this port',
  EACCES: 'this user may not use this port',
  EADDRNOTAVAIL: 'this machine does not have this address',
}
