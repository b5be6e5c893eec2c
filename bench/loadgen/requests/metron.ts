import { openThread } from '../../../src/app/open-thread.ts'
import { createRecorder } from '../../../src/app/recorder.ts'
import type { StampingThreadData } from '../../../src/app/stamping-thread.ts'
import { chatCompletions } from '../../../src/clients/openai/chat-completions.ts'
import { executePlan } from '../../../src/engine/execute-plan.ts'
import { quantilesOf } from '../../../src/numerics/quantiles-of.ts'
import type { Plan } from '../../../src/workload/plan.ts'
import { type RequestsRun, type RequestsSetup, TINY_ANSWER } from '../requests-run.ts'

/** Metron's closed loop, one stamping thread, every answer decoded into a record. */
export async function requestsOfMetron(setup: RequestsSetup): Promise<RequestsRun> {
  const plan: Plan = {
    users: setup.connections,
    size: null,
    dueNs: null,
    warmupRequests: 0,
    warmupNs: 0,
    durationNs: setup.seconds * 1e9,
    lengths: () => ({ promptTokens: 1, outputTokens: 1 }),
    prompt: () => 'x',
    digest: '',
  }
  const recorder = createRecorder(
    plan,
    chatCompletions,
    () => {},
    (detail) => detail,
  )
  const data: StampingThreadData = {
    shard: {
      worker: 0,
      users: setup.connections,
      maxConcurrency: null,
      durationNs: plan.durationNs,
      drainNs: 10e9,
      requestTimeoutNs: null,
    },
    target: {
      protocol: 'openai-chat',
      wire: { basePath: '/v1', model: 'paced', headers: {}, accepts: [], extraBody: { pacing: TINY_ANSWER } },
      transport: {
        origin: `http://127.0.0.1:${setup.port}`,
        connectTimeoutNs: 10e9,
        headersTimeoutNs: 10e9,
        streamTimeoutNs: 10e9,
      },
      shownUrl: null,
    },
  }
  let before = process.cpuUsage()
  await executePlan(plan, 1, () => openThread('stamping-thread', data), {
    onStart() {
      before = process.cpuUsage()
    },
    onSegment: recorder.segment,
    onEnd: recorder.end,
    onBeat: () => {},
  }).finished
  const { user, system } = process.cpuUsage(before)
  const { records } = recorder
  const failed = records.filter(({ outcome }) => outcome.kind !== 'ok').length
  const latencies = Float64Array.from(records, ({ moments }) => moments.endNs - moments.dispatchedNs)
  const [p50, p99] = quantilesOf(latencies, [0.5, 0.99]).quantiles
  return {
    requests: records.length - failed,
    failed,
    seconds: setup.seconds,
    cpuUs: user + system,
    p50Ms: p50! / 1e6,
    p99Ms: p99! / 1e6,
  }
}
