import type { Worker } from 'node:worker_threads'
import { openThread } from '../../../src/app/open-thread.ts'
import { createRecorder } from '../../../src/app/recorder.ts'
import type { StampingThreadData } from '../../../src/app/stamping-thread.ts'
import { readPacedText } from '../../../src/calibration/paced-text.ts'
import { chatCompletions } from '../../../src/clients/openai/chat-completions.ts'
import { createMonotonicClock } from '../../../src/clock/monotonic-clock.ts'
import { executePlan } from '../../../src/engine/execute-plan.ts'
import type { RequestRecord } from '../../../src/records/request-record.ts'
import type { Plan } from '../../../src/workload/plan.ts'
import { type ClientRun, type ClientSetup, pacingOf, startNsOf } from '../client-run.ts'

/** Metron's engine as in every run: stamping threads, and decoding into records on the main thread. */
export async function runMetron(setup: ClientSetup): Promise<ClientRun> {
  const plan = planOf(setup)
  const workers: Worker[] = []
  const recorder = createRecorder(
    plan,
    chatCompletions,
    () => {},
    (detail) => detail,
  )
  let measured: ReturnType<typeof measureWindow> | undefined
  let zeroNs = 0
  await executePlan(
    plan,
    setup.workers,
    (worker) => {
      const thread = openThread('stamping-thread', threadData(worker, setup))
      workers.push(thread)
      return thread
    },
    {
      onStart(atNs) {
        zeroNs = atNs
        measured = measureWindow(zeroNs, setup, workers)
      },
      onSegment: recorder.segment,
      onEnd: recorder.end,
      onBeat: () => {},
    },
  ).finished
  const { fromNs, toNs, ...cpu } = await measured!
  return { ...cpu, windowNs: toNs - fromNs, ...seenIn(recorder.records, zeroNs, { fromNs, toNs }, setup) }
}

function planOf(setup: ClientSetup): Plan {
  return {
    users: null,
    size: setup.streams,
    dueNs: Float64Array.from({ length: setup.streams }, (_, stream) => startNsOf(setup, stream)),
    warmupRequests: 0,
    warmupNs: 0,
    durationNs: null,
    lengths: () => ({ promptTokens: 1, outputTokens: 1 }),
    prompt: () => 'x',
    digest: '',
  }
}

function threadData(worker: number, setup: ClientSetup): StampingThreadData {
  return {
    shard: {
      worker,
      users: null,
      maxConcurrency: null,
      durationNs: null,
      drainNs: setup.window.toNs + 60e9,
      requestTimeoutNs: null,
    },
    target: {
      protocol: 'openai-chat',
      wire: {
        basePath: '/v1',
        model: 'paced',
        headers: {},
        accepts: [],
        extraBody: { pacing: pacingOf(setup) },
      },
      transport: {
        origin: `http://127.0.0.1:${setup.port}`,
        connectTimeoutNs: 10e9,
        headersTimeoutNs: 300e9,
        streamTimeoutNs: 120e9,
      },
      shownUrl: null,
    },
  }
}

async function measureWindow(zeroNs: number, { window }: ClientSetup, workers: readonly Worker[]) {
  const clock = createMonotonicClock(zeroNs)
  const until = (ns: number) => new Promise((resolve) => setTimeout(resolve, (ns - clock.nowNs()) / 1e6))
  const readersUs = async () => {
    const usages = await Promise.all(workers.map((worker) => worker.cpuUsage()))
    return usages.reduce((sum, { user, system }) => sum + user + system, 0)
  }
  const rssBefore = process.memoryUsage.rss()
  await until(window.fromNs)
  const readersBefore = await readersUs()
  const before = process.cpuUsage()
  const fromNs = clock.nowNs()
  await until((window.fromNs + window.toNs) / 2)
  const rssInside = process.memoryUsage.rss()
  await until(window.toNs)
  const readerCpuUs = (await readersUs()) - readersBefore
  const { user, system } = process.cpuUsage(before)
  return { fromNs, toNs: clock.nowNs(), readerCpuUs, processCpuUs: user + system, rssBefore, rssInside }
}

function seenIn(
  records: readonly RequestRecord[],
  zeroNs: number,
  window: ClientSetup['window'],
  { sampleEvery }: ClientSetup,
) {
  const delaysNs: number[] = []
  let chunks = 0
  let reads = 0
  let allChunks = 0
  for (const record of records) {
    const { ns, chars } = record.chunks
    allChunks += ns.length
    let at = 0
    for (let i = 0; i < ns.length; i++) {
      const text = record.text!.slice(at, at + chars[i]!)
      at += chars[i]!
      if (ns[i]! < window.fromNs || ns[i]! >= window.toNs) continue
      chunks += 1
      // All chunks of one read share its stamp.
      if (i === 0 || ns[i] !== ns[i - 1]) reads += 1
      const paced = record.id % sampleEvery === 0 ? readPacedText(text) : null
      if (paced !== null) delaysNs.push(ns[i]! + zeroNs - paced.sentNs)
    }
  }
  const complete = records.filter(({ outcome }) => outcome.kind === 'ok').length
  return { chunks, reads, allChunks, complete, delaysNs: delaysNs.sort((a, b) => a - b) }
}
