import { MessageChannel, Worker } from 'node:worker_threads'
import { createRecorder } from '../../src/app/recorder.ts'
import { chatCompletions } from '../../src/clients/openai/chat-completions.ts'
import type { ExchangeSegment } from '../../src/engine/exchange.ts'
import { executePlan } from '../../src/engine/execute-plan.ts'
import type { Plan } from '../../src/workload/plan.ts'
import type { WindowCpu } from './measure-window.ts'
import type { MetronThreadData } from './metron-thread.ts'
import { EVENT_BYTES, readSentNs } from './paced-event.ts'
import type { MetronRun, StampingSetup } from './stamping-run.ts'

/** One run of Metron's engine: a stamping thread, and this thread for decoding into records. */
export async function runMetron(setup: StampingSetup): Promise<MetronRun> {
  const { port1, port2 } = new MessageChannel()
  const measured = new Promise<WindowCpu>((resolve) => port1.once('message', resolve))
  const data: MetronThreadData = {
    origin: `http://127.0.0.1:${setup.port}`,
    window: setup.window,
    result: port2,
  }
  const plan = planOf(setup)
  const recorder = createRecorder(
    plan,
    chatCompletions,
    () => {},
    (detail) => detail,
  )
  const before = process.cpuUsage()
  const mainBefore = process.threadCpuUsage()
  const segments: ExchangeSegment[] = []
  let zeroNs = 0
  await executePlan(
    plan,
    1,
    () =>
      new Worker(new URL('metron-thread.ts', import.meta.url), { workerData: data, transferList: [port2] }),
    {
      onStart: (atNs) => {
        zeroNs = atNs
      },
      onSegment(segment) {
        segments.push(segment)
        recorder.segment(segment)
      },
      onEnd: recorder.end,
      onBeat: () => {},
    },
  ).finished
  const whole = process.cpuUsage(before)
  const main = process.threadCpuUsage(mainBefore)
  const failed = recorder.records.find(({ outcome }) => outcome.kind !== 'ok')
  if (failed !== undefined) throw new Error(`stream ${failed.id} failed: ${JSON.stringify(failed.outcome)}`)
  const window = await measured
  return {
    ...readsIn(segments, window, zeroNs, setup.sampleEvery),
    cpuUs: window.cpuUs,
    mainCpuUs: main.user + main.system,
    processCpuUs: whole.user + whole.system,
  }
}

function planOf({ startNs }: StampingSetup): Plan {
  return {
    users: null,
    size: startNs.length,
    dueNs: Float64Array.from(startNs),
    warmupRequests: 0,
    warmupNs: 0,
    durationNs: null,
    lengths: () => ({ promptTokens: 1, outputTokens: 1 }),
    prompt: () => 'x',
    digest: '',
  }
}

function readsIn(
  segments: readonly ExchangeSegment[],
  window: WindowCpu,
  zeroNs: number,
  sampleEvery: number,
) {
  const lastNs = new Map<number, number>()
  const delaysNs: number[] = []
  let bytesIn = 0
  let reads = 0
  for (const { id, bytes, readEnds, readNs } of segments) {
    for (const [i, atNs] of readNs.entries()) {
      // HTTP chunks that came in one read of the socket share its stamp.
      const isSameRead = atNs === lastNs.get(id)
      lastNs.set(id, atNs)
      if (atNs < window.fromNs || atNs >= window.toNs) continue
      const read = bytes.subarray(i === 0 ? 0 : readEnds[i - 1], readEnds[i])
      bytesIn += read.length
      if (!isSameRead) reads += 1
      const sentNs = id % sampleEvery === 0 ? readSentNs(read) : null
      if (sentNs !== null) delaysNs.push(atNs + zeroNs - sentNs)
    }
  }
  return { events: bytesIn / EVENT_BYTES, reads, delaysNs }
}
