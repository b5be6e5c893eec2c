/**
 * The simulator: tokens a second in virtual time on one core, then the HTTP server in a worker thread: how late tokens
 * are written against the engine's own plan, and what a token costs in CPU. Readers are bare sockets in this thread.
 * Run: `node bench/simulator.ts [seconds]`; `node bench/simulator.ts 0` for virtual time alone.
 */
import { connect } from 'node:net'
import { availableParallelism, loadavg } from 'node:os'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { createRandomStream } from '../src/numerics/create-random-stream.ts'
import { quantilesOf } from '../src/numerics/quantiles-of.ts'
import { createEngineParts, type EngineInput, engineOptions } from '../src/simulator/engine-options.ts'
import { startSimulatorServer } from '../src/simulator/http/start-simulator-server.ts'
import { type DueRequest, simulateEach } from '../src/simulator/simulate-run.ts'

const SECONDS = Number(process.argv[2] ?? 8)
/** Every policy, and every other choice that changes what a step does. */
const ENGINES: Readonly<Record<string, EngineInput>> = {
  'prefill-first': {},
  'chunked-prefill': { policy: { kind: 'chunked-prefill' } },
  'static-batching': { policy: { kind: 'static-batching' } },
  'deadline-priority': { policy: { kind: 'deadline-priority' } },
  disaggregated: { policy: { kind: 'disaggregated' } },
  'preempt, recompute': { memory: { kind: 'preempt' }, limits: { kvTokens: 16_384, contextTokens: 16_384 } },
  'preempt, swap': {
    memory: { kind: 'preempt', by: 'swap' },
    limits: { kvTokens: 16_384, contextTokens: 16_384 },
  },
  'prefix cache': { prefixCache: {} },
  speculation: { speculation: {} },
  'fleet of four': { replicas: 4, router: { kind: 'least-outstanding' } },
  'llama3-8b@h100, chunked': { model: 'sim:llama3-8b@h100', policy: { kind: 'chunked-prefill' } },
  'mixtral-8x7b@h100x2, everything': {
    model: 'sim:mixtral-8x7b@h100x2',
    policy: { kind: 'chunked-prefill' },
    memory: { kind: 'preempt' },
    prefixCache: {},
    speculation: {},
  },
}
/** What prompts begin with: eight sorts of 400 tokens in blocks of 16, and nothing in common. */
const PREFIXES = Array.from({ length: 16 }, (_, kind) =>
  Array.from({ length: kind % 2 === 0 ? 25 : 0 }, (_, at) => 1000 * kind + at),
)
/** 50 tokens a second a stream, whatever the batch. */
const STEADY = { baseNs: 20e6, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }

interface ServerReport {
  readonly tokens: number
  readonly cpuUs: number
  readonly lateNs: readonly (number | null)[]
}

if (isMainThread) {
  // Lateness says little on a machine that is busy with other things.
  const load = loadavg()[0]!.toFixed(1)
  console.log(`node ${process.version}, ${availableParallelism()} cores, load before the start ${load}`)
  virtual()
  if (SECONDS > 0) for (const streams of [200, 400, 1000]) await real(streams)
} else {
  await serve()
}

/** CPU time of this thread, so that other programs count less; the best of three rounds. */
function virtual(): void {
  for (const [name, input] of Object.entries(ENGINES)) {
    let tokens = 0
    let preemptions = 0
    let cachedTokens = 0
    let best = 0
    for (let round = 0; round < 3; round++) {
      tokens = 0
      preemptions = 0
      cachedTokens = 0
      const before = process.threadCpuUsage()
      simulateEach(poisson(8000, 4), createEngineParts(engineOptions.parse(input)), (times) => {
        tokens += times.tokenNs.length
        preemptions += times.preemptions
        cachedTokens += times.cachedTokens
      })
      const { user, system } = process.threadCpuUsage(before)
      best = Math.max(best, tokens / (user + system))
    }
    const extra = `${preemptions > 0 ? `, ${preemptions} preemptions` : ''}${cachedTokens > 0 ? `, ${cachedTokens} cached` : ''}`
    console.log(`virtual, ${name}: ${best.toFixed(1)} M tokens/s of CPU (${tokens} tokens${extra})`)
  }
}

/** One in two prompts begins like others of its kind. */
function* poisson(count: number, perSec: number): Generator<DueRequest> {
  const random = createRandomStream(1)
  let dueNs = 0
  for (let id = 0; id < count; id++) {
    dueNs += Math.round((-Math.log1p(-random.uniform()) * 1e9) / perSec)
    const promptTokens = 1 + Math.floor(random.uniform() * 1000)
    const outputTokens = 1 + Math.floor(random.uniform() * 500)
    yield { id, dueNs, promptTokens, outputTokens, prefixBlocks: PREFIXES[id % PREFIXES.length]! }
  }
}

async function real(streams: number): Promise<void> {
  const worker = new Worker(new URL(import.meta.url))
  const next = <T>() => new Promise<T>((resolve) => worker.once('message', resolve))
  const port = await next<number>()
  const tokens = SECONDS * 50
  await Promise.all(Array.from({ length: streams }, () => read(port, tokens)))
  worker.postMessage('report')
  const { tokens: written, cpuUs, lateNs } = await next<ServerReport>()
  await worker.terminate()
  const [p50, p99, max] = lateNs.map((ns) => `${((ns ?? Number.NaN) / 1e6).toFixed(2)} ms`)
  console.log(
    `http, ${streams} streams x 50 tokens/s: late p50 ${p50}, p99 ${p99}, max ${max}; ` +
      `${(cpuUs / written).toFixed(1)} us of CPU a token, ${((cpuUs / 1e6 / SECONDS) * 100).toFixed(0)} % of a core ` +
      `(${written} tokens)`,
  )
}

/** One stream over a bare socket, read to its end. */
function read(port: number, tokens: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const body = `{"model":"sim:default","prompt":"x","max_tokens":${tokens},"stream":true}`
    const head = `POST /v1/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${body.length}`
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head}\r\n\r\n${body}`))
    socket.on('data', () => {})
    socket.on('close', () => resolve())
    socket.on('error', reject)
  })
}

async function serve(): Promise<void> {
  const server = await startSimulatorServer(
    { step: STEADY, limits: { maxBatch: 100_000, kvTokens: 1e9 } },
    { countTokens: () => 1 },
  )
  const before = process.threadCpuUsage()
  parentPort!.postMessage(server.port)
  parentPort!.once('message', async () => {
    const { user, system } = process.threadCpuUsage(before)
    const late = server
      .groundTruth()
      .flatMap(({ tokenPlannedNs, tokenWrittenNs }) =>
        tokenWrittenNs.map((ns, at) => ns - tokenPlannedNs[at]!),
      )
    const lateNs = quantilesOf(Float64Array.from(late), [0.5, 0.99, 1]).quantiles
    parentPort!.postMessage({ tokens: late.length, cpuUs: user + system, lateNs } satisfies ServerReport)
    await server.close()
  })
}
