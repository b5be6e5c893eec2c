import type { Worker } from 'node:worker_threads'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import { MetronError } from '../errors/metron-error.ts'
import type { Plan } from '../workload/plan.ts'
import type { ExchangeEnd, ExchangeSegment } from './exchange.ts'
import { createFeed } from './feed.ts'
import type { FromStampingThread, LoopHealth, ShardBeat, ToStampingThread } from './thread-messages.ts'

/** All threads are ready before the run's zero; it lies this far ahead so that the start reaches them in time. */
const START_LEAD_NS = 50e6
const FEED_EVERY_MS = 100

export interface ExecutionListener {
  /** Before anything is sent: the run's zero on the machine's monotonic clock. */
  onStart(zeroNs: number): void
  onSegment(segment: ExchangeSegment): void
  onEnd(end: ExchangeEnd): void
  onBeat(beats: readonly ShardBeat[]): void
}

export interface ExecutionResult {
  readonly loops: readonly LoopHealth[]
  readonly dispatched: number
  /** `stop` or `abort` was called before the plan was through. */
  readonly interrupted: boolean
}

export interface Execution {
  readonly finished: Promise<ExecutionResult>
  /** Sends nothing more and lets answers finish within the drain time. */
  stop(): void
  /** Ends everything at once. */
  abort(): void
}

/**
 * Executes a plan on stamping threads made by `spawn`, and tells the listener what they saw. The first requests are
 * dealt before the clock starts. A thread that dies fails the run.
 */
export function executePlan(
  plan: Plan,
  threads: number,
  spawn: (worker: number) => Worker,
  listener: ExecutionListener,
): Execution {
  const feed = createFeed(plan, threads)
  const workers = Array.from({ length: threads }, (_, index) => spawn(index))
  const beats: ShardBeat[] = workers.map((_, worker) => ({ worker, inFlight: 0, dispatched: 0 }))
  const loops: LoopHealth[] = []
  const { promise, resolve, reject } = Promise.withResolvers<ExecutionResult>()
  let ready = 0
  let interrupted = false
  let over = false
  let feeding: ReturnType<typeof setInterval> | undefined

  const tell = (worker: Worker, message: ToStampingThread): void => worker.postMessage(message)
  const tellAll = (message: ToStampingThread): void => {
    for (const worker of workers) tell(worker, message)
  }

  function deal(nowNs: number): void {
    for (let batch = feed.openLoop(nowNs); batch !== null; batch = feed.openLoop(nowNs)) {
      const { shares, last } = batch
      for (const [index, requests] of shares.entries())
        tell(workers[index]!, { kind: 'offer', requests, last })
      if (last) {
        clearInterval(feeding)
        return
      }
    }
  }

  function feedOne(worker: Worker): void {
    const count = Math.max(2, Math.ceil((4 * plan.users!) / threads))
    tell(worker, { kind: 'offer', ...feed.closedLoop(count) })
  }

  function start(): void {
    if (plan.users === null) deal(0)
    else for (const worker of workers) feedOne(worker)
    const zeroNs = createMonotonicClock().nowNs() + START_LEAD_NS
    listener.onStart(zeroNs)
    const clock = createMonotonicClock(zeroNs)
    if (plan.users === null) feeding = setInterval(() => deal(clock.nowNs()), FEED_EVERY_MS)
    tellAll({ kind: 'start', zeroNs })
  }

  function fail(worker: number, cause: unknown): void {
    if (over) return
    over = true
    clearInterval(feeding)
    for (const each of workers) void each.terminate()
    const text = cause instanceof Error ? cause.message : String(cause)
    reject(
      new MetronError('run-failed', `stamping thread ${worker} died: ${text}`, {
        hint: 'What had ended before is in the journal of the run folder.',
        cause,
      }),
    )
  }

  for (const [index, worker] of workers.entries()) {
    worker.on('message', (message: FromStampingThread) => {
      if (message.kind === 'segment') listener.onSegment(message.segment)
      else if (message.kind === 'end') listener.onEnd(message.end)
      else if (message.kind === 'hungry') feedOne(worker)
      else if (message.kind === 'beat') {
        beats[index] = message.beat
        listener.onBeat(beats)
      } else if (message.kind === 'done') {
        loops.push(message.loop)
        if (loops.length < threads) return
        over = true
        clearInterval(feeding)
        const dispatched = beats.reduce((sum, beat) => sum + beat.dispatched, 0)
        resolve({ loops: loops.sort((a, b) => a.worker - b.worker), dispatched, interrupted })
      } else if (++ready === threads) {
        try {
          start()
        } catch (error) {
          fail(index, error)
        }
      }
    })
    worker.on('error', (error) => fail(index, error))
    worker.on('exit', (code) => {
      if (loops.every((loop) => loop.worker !== index)) fail(index, `exit code ${code}`)
    })
  }

  return {
    finished: promise,
    stop() {
      interrupted ||= !over
      clearInterval(feeding)
      tellAll({ kind: 'stop' })
    },
    abort() {
      interrupted ||= !over
      clearInterval(feeding)
      tellAll({ kind: 'abort' })
    },
  }
}
