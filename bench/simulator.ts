/**
 * The simulator: tokens a second in virtual time on one core, then the HTTP server in a worker thread: how late tokens
 * are written against the engine's own plan, and what a token costs in CPU. Readers are bare sockets in this thread.
 * Run: `node bench/simulator.ts [seconds]`.
 */
import { connect } from 'node:net'
import { availableParallelism, loadavg } from 'node:os'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { createRandomStream } from '../src/numerics/create-random-stream.ts'
import { quantilesOf } from '../src/numerics/quantiles-of.ts'
import { createEngineParts, engineOptions } from '../src/simulator/engine-options.ts'
import { startSimulatorServer } from '../src/simulator/http/start-simulator-server.ts'
import { type DueRequest, simulateEach } from '../src/simulator/simulate-run.ts'

const SECONDS = Number(process.argv[2] ?? 8)
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
  for (const streams of [200, 400, 1000]) await real(streams)
} else {
  await serve()
}

function virtual(): void {
  for (let round = 0; round < 3; round++) {
    let tokens = 0
    const startedMs = performance.now()
    simulateEach(poisson(20_000, 4), createEngineParts(engineOptions.parse({})), (times) => {
      tokens += times.tokenNs.length
    })
    const seconds = (performance.now() - startedMs) / 1e3
    console.log(
      `virtual: ${tokens} tokens in ${seconds.toFixed(2)} s = ${(tokens / seconds / 1e6).toFixed(1)} M/s`,
    )
  }
}

function* poisson(count: number, perSec: number): Generator<DueRequest> {
  const random = createRandomStream(1)
  let dueNs = 0
  for (let id = 0; id < count; id++) {
    dueNs += Math.round((-Math.log1p(-random.uniform()) * 1e9) / perSec)
    const promptTokens = 1 + Math.floor(random.uniform() * 1000)
    yield { id, dueNs, promptTokens, outputTokens: 1 + Math.floor(random.uniform() * 500) }
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
