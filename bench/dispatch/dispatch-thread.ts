/** A stamping thread's shard that sends one-token requests, waiting for their moments by one strategy. */
import { parentPort, workerData } from 'node:worker_threads'
import { chatCompletions } from '../../src/clients/openai/chat-completions.ts'
import { createUndiciClient } from '../../src/clients/transport/undici-client.ts'
import { createMonotonicClock } from '../../src/clock/monotonic-clock.ts'
import { createShard, type Shard } from '../../src/engine/shard.ts'
import { STRATEGIES } from '../scheduling/strategies.ts'

export interface DispatchSetup {
  readonly port: number
  readonly strategy: string
  /** Ns from the start; the first are warm-up. */
  readonly dueNs: Float64Array
  readonly warmupNs: number
}

export interface DispatchResult {
  /** From due to handed to the client, and from due to the last byte given to the socket. */
  readonly dispatchLagNs: Float64Array
  readonly sentLagNs: Float64Array
  readonly threadCpuFraction: number
  readonly processCpuFraction: number
  readonly failed: number
}

const { port, strategy: name, dueNs, warmupNs } = workerData as DispatchSetup
const strategy = STRATEGIES[name]!()
await new Promise((resolve) => setTimeout(resolve, 500))

const clock = createMonotonicClock(createMonotonicClock().nowNs() + 20e6)
const client = createUndiciClient({
  origin: `http://127.0.0.1:${port}`,
  clock,
  connectTimeoutNs: 10e9,
  headersTimeoutNs: 60e9,
  streamTimeoutNs: 60e9,
})
const wire = { basePath: '/v1', model: 'one', headers: {}, accepts: [], extraBody: {} }
const dispatchLagNs: number[] = []
const sentLagNs: number[] = []
let failed = 0
let cpu: { atNs: number; thread: NodeJS.CpuUsage; process: NodeJS.CpuUsage } | undefined

const shard: Shard = createShard(
  { worker: 0, users: null, maxConcurrency: null, durationNs: null, drainNs: 10e9, requestTimeoutNs: null },
  {
    client,
    clock,
    waker: { wakeAt: (atNs, callback) => strategy.wakeAt(clock, atNs, callback), close: strategy.close },
    encode: (request) => chatCompletions.encode(request, wire),
    sink: {
      segment: () => {},
      end({ moments, failure }) {
        if (failure !== null) failed += 1
        if (moments.dueNs < warmupNs || moments.sentNs === null) return
        cpu ??= { atNs: clock.nowNs(), thread: process.threadCpuUsage(), process: process.cpuUsage() }
        dispatchLagNs.push(moments.dispatchedNs - moments.dueNs)
        sentLagNs.push(moments.sentNs - moments.dueNs)
      },
    },
    onHungry: () => {},
    onDone: () => void report(),
  },
)
shard.offer(
  [...dueNs].map((at, id) => ({ id, dueNs: at, prompt: 'x', promptTokens: 1, outputTokens: 1 })),
  true,
)
shard.start()

async function report(): Promise<void> {
  const spentNs = clock.nowNs() - cpu!.atNs
  const share = ({ user, system }: NodeJS.CpuUsage): number => ((user + system) * 1e3) / spentNs
  const result: DispatchResult = {
    dispatchLagNs: Float64Array.from(dispatchLagNs),
    sentLagNs: Float64Array.from(sentLagNs),
    threadCpuFraction: share(process.threadCpuUsage(cpu!.thread)),
    processCpuFraction: share(process.cpuUsage(cpu!.process)),
    failed,
  }
  strategy.close()
  await client.close()
  parentPort!.postMessage(result)
}
