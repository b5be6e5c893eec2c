import type { Worker } from 'node:worker_threads'
import { hasSchedule } from '../calibration/choose-points.ts'
import { eventsOf, type PacingSchedule } from '../calibration/pacing-schedule.ts'
import type { PointSetting } from '../calibration/point-setting.ts'
import { summarizePoint } from '../calibration/summarize-point.ts'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import { executePlan } from '../engine/execute-plan.ts'
import type { CalibrationPoint } from '../records/calibration.ts'
import type { Plan } from '../workload/plan.ts'
import { EXTENSIONS, extensionOf } from './extensions.ts'
import { openThread } from './open-thread.ts'
import { createRecorder } from './recorder.ts'
import type { StampingThreadData } from './stamping-thread.ts'
import type { ReadyTarget } from './target.ts'
import { watchCpu } from './watch-cpu.ts'

/** Streams start evenly over this time; then they run until the code is compiled, before the window opens. */
const RAMP_NS = 0.4e9
const SETTLE_NS = 0.5e9
/** Streams go on for this long behind the window. */
const TAIL_NS = 0.1e9
/** A client too slow for the load gets this much longer, then the point ends. */
const PATIENCE_NS = 3e9
/** Flat out: chunks of all streams together for each second of the window. */
const FLAT_OUT_PER_SEC = 50_000

/**
 * Measures one load: the engine of every run, its stamping threads and the decoding beside them, against the reference
 * server behind `target`.
 *
 * @param abort ends the point at once; what it then returns is not the point that was asked for
 * @throws MetronError `run-failed` when a thread dies
 */
export async function measurePoint(
  setting: PointSetting,
  target: ReadyTarget,
  abort?: AbortSignal,
): Promise<CalibrationPoint> {
  const pacing = scheduleOf(setting)
  const plan = planOf(setting.streams)
  const recorder = createRecorder(
    plan,
    extensionOf(EXTENSIONS.protocols, target.protocol),
    () => {},
    (detail) => detail,
  )
  const workers: Worker[] = []
  let zeroNs = 0
  let stopWatch: ReturnType<typeof watchCpu> = () => []
  const execution = executePlan(
    plan,
    setting.workers,
    (worker) => {
      const thread = openThread('stamping-thread', threadData(worker, setting, target, pacing))
      workers.push(thread)
      return thread
    },
    {
      onStart(atNs) {
        zeroNs = atNs
        stopWatch = watchCpu(createMonotonicClock(atNs), workers)
      },
      onSegment: recorder.segment,
      onEnd: recorder.end,
      onBeat: () => {},
    },
  )
  abort?.addEventListener('abort', execution.abort)
  try {
    await execution.finished
  } finally {
    abort?.removeEventListener('abort', execution.abort)
    stopWatch()
  }
  const fromNs = RAMP_NS + SETTLE_NS
  return summarizePoint({
    setting,
    records: recorder.records,
    eventsPerStream: eventsOf(pacing),
    zeroNs,
    window: hasSchedule(setting.pattern) ? { fromNs, toNs: fromNs + setting.windowNs } : null,
    cpu: stopWatch(),
  })
}

function scheduleOf({ pattern, streams, perStreamPerSec, windowNs }: PointSetting): PacingSchedule {
  const perSec = hasSchedule(pattern) ? perStreamPerSec : FLAT_OUT_PER_SEC / streams
  return { pattern, perSec, events: Math.ceil((perSec * (RAMP_NS + SETTLE_NS + windowNs + TAIL_NS)) / 1e9) }
}

function threadData(
  worker: number,
  { windowNs }: PointSetting,
  target: ReadyTarget,
  pacing: PacingSchedule,
): StampingThreadData {
  const { protocol, wire, transport, shownUrl } = target
  return {
    shard: {
      worker,
      users: null,
      maxConcurrency: null,
      durationNs: null,
      drainNs: SETTLE_NS + windowNs + TAIL_NS + PATIENCE_NS,
      requestTimeoutNs: null,
    },
    target: { protocol, wire: { ...wire, extraBody: { pacing } }, transport, shownUrl },
  }
}

function planOf(streams: number): Plan {
  return {
    users: null,
    size: streams,
    dueNs: Float64Array.from({ length: streams }, (_, i) => Math.round((i / streams) * RAMP_NS)),
    warmupRequests: 0,
    warmupNs: 0,
    durationNs: null,
    lengths: () => ({ promptTokens: 1, outputTokens: 1 }),
    prompt: () => 'x',
    digest: '',
  }
}
