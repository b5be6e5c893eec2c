import type { Clock } from '../../clock/clock.ts'
import { createWaker } from '../../clock/waker.ts'
import { createEngine } from '../create-engine.ts'
import type { StepEnd } from '../engine-core.ts'
import type { EngineParts } from '../engine-parts.ts'
import type { GroundTruthLog } from '../ground-truth.ts'
import { createRealTimeDriver } from '../real-time-driver.ts'
import type { Sequence, SimulatedRequest } from '../sequence.ts'
import { tokenText } from '../text-generator.ts'
import type { Answer } from './answer.ts'
import { createServerMetrics, type ServerMetrics } from './metrics/server-metrics.ts'
import type { FinishReason } from './wire-format.ts'

/** A request that the engine is to answer. */
export interface Order extends SimulatedRequest {
  readonly requestId: string
  readonly receivedNs: number
  readonly finishReason: FinishReason
  readonly textSeed: number
  /** Called once the request is in the queue; may send headers. */
  open(): Answer
  /** Takes the answer away from the engine after so many tokens; `null` for never. */
  readonly cut: { readonly afterTokens: number; apply(): void } | null
  /** Ends the answer as a replica that goes down does. */
  reset(): void
}

/** Counts of requests and tokens since the start, and what is in the engine now. */
export interface EngineStats {
  readonly accepted: number
  readonly finished: number
  readonly cancelled: number
  /** Lost with their replica. */
  readonly failed: number
  /** Refused because the queue was full, or nobody was up. */
  readonly refused: number
  /** Tokens produced by the engine. */
  readonly tokens: number
  readonly waiting: number
  readonly running: number
  readonly kvUsedTokens: number
  /** What the cache holds at most. */
  readonly kvTokens: number
  /** How late steps were written against their plan, ns: the latest and the worst. */
  readonly lagNs: { readonly lastNs: number; readonly worstNs: number }
}

/** An engine that answers in real time and logs the truth. */
export interface ServingEngine {
  /** A function that gives the answer up (idempotent, nothing after the end), or why the order is refused. */
  accept(order: Order): (() => void) | 'queue-full' | 'all-down'
  stats(): EngineStats
  /** Live. */
  readonly metrics: ServerMetrics
  /** Gives up every answer and ends the engine's thread. Idempotent. */
  stop(): void
}

interface Job extends Order {
  answer: Answer | null
  readonly plannedNs: number[]
}

export function createServingEngine(parts: EngineParts, clock: Clock, log: GroundTruthLog): ServingEngine {
  const core = createEngine<Job>(parts, clock.nowNs())
  const open = new Set<Sequence<Job>>()
  const counts = { accepted: 0, finished: 0, cancelled: 0, failed: 0, refused: 0, tokens: 0 }
  const metrics = createServerMetrics()
  const waker = createWaker(clock)
  const driver = createRealTimeDriver(core, clock, waker, writeStep)

  /** All writes of a step in one turn of the event loop. */
  function writeStep(step: StepEnd<Job>): void {
    for (const sequence of step.emitted) {
      const { answer, cut, plannedNs, prefixBlocks, textSeed, finishReason } = sequence.request
      if (plannedNs.length === 0 && prefixBlocks !== undefined) answer!.cached(sequence.cachedTokens)
      if (open.has(sequence)) countTokens(sequence, step.endNs)
      while (plannedNs.length < sequence.emittedTokens && open.has(sequence)) {
        answer!.add(
          tokenText(textSeed, plannedNs.length),
          plannedNs.length + 1 === sequence.request.outputTokens,
        )
        plannedNs.push(step.endNs)
        counts.tokens++
        if (plannedNs.length === cut?.afterTokens) cutOff(sequence)
      }
      if (sequence.state === 'finished' && open.has(sequence)) {
        answer!.finish(finishReason)
        close(sequence, 'finished')
      }
    }
    for (const sequence of step.failed ?? []) {
      if (!open.has(sequence)) continue
      close(sequence, 'failed')
      sequence.request.reset()
    }
  }

  /** Of one step, before its tokens are noted. */
  function countTokens(sequence: Sequence<Job>, endNs: number): void {
    const { request, arrivalNs, emittedTokens } = sequence
    const { plannedNs, promptTokens, prefixBlocks } = request
    const lastNs = plannedNs.at(-1)
    const tokens = emittedTokens - plannedNs.length
    if (tokens <= 0) return
    metrics.generationTokensTotal += tokens
    if (lastNs !== undefined) metrics.interTokenSeconds.add((endNs - lastNs) / 1e9)
    else {
      metrics.ttftSeconds.add((endNs - arrivalNs) / 1e9)
      metrics.promptTokensTotal += promptTokens
      if (prefixBlocks !== undefined) {
        metrics.prefixQueryTokens += promptTokens
        metrics.prefixHitTokens += sequence.cachedTokens
      }
    }
  }

  function countEnd(sequence: Sequence<Job>, outcome: string): void {
    const { request, arrivalNs, preemptions, prefillStartNs } = sequence
    metrics.preemptions += preemptions
    metrics.finished[outcome === 'finished' ? request.finishReason : 'abort']++
    const endNs = request.plannedNs.at(-1)
    if (outcome !== 'finished' || endNs === undefined) return
    metrics.e2eSeconds.add((endNs - arrivalNs) / 1e9)
    metrics.queueSeconds.add(((prefillStartNs ?? endNs) - arrivalNs) / 1e9)
    metrics.promptTokens.add(request.promptTokens)
    metrics.generationTokens.add(request.plannedNs.length)
  }

  function cutOff(sequence: Sequence<Job>): void {
    const { answer, cut } = sequence.request
    answer!.flush()
    close(sequence, 'cancelled')
    cut!.apply()
  }

  function close(sequence: Sequence<Job>, outcome: 'finished' | 'cancelled' | 'failed'): void {
    if (!open.delete(sequence)) return
    core.cancel(sequence)
    counts[outcome]++
    countEnd(sequence, outcome)
    const { request, prefillStartNs, prefillEndNs } = sequence
    const tokenWrittenNs = request.answer?.writtenNs ?? []
    log.add({
      requestId: request.requestId,
      receivedNs: request.receivedNs,
      prefillStartNs,
      prefillEndNs,
      tokenPlannedNs: request.plannedNs,
      tokenWrittenNs,
      promptTokens: request.promptTokens,
      outputTokens: tokenWrittenNs.length,
      outcome,
    })
  }

  return {
    accept(order) {
      const job: Job = { ...order, answer: null, plannedNs: [] }
      const sequence = core.submit(job, order.receivedNs)
      if (sequence === null) {
        counts.refused++
        return core.isDown?.(order.receivedNs) ? 'all-down' : 'queue-full'
      }
      counts.accepted++
      open.add(sequence)
      job.answer = order.open()
      if (order.cut?.afterTokens === 0) cutOff(sequence)
      driver.wake(order.receivedNs)
      return () => close(sequence, 'cancelled')
    },
    metrics,
    stats: () => ({
      ...counts,
      waiting: core.state.waiting.length,
      running: core.state.running.length,
      kvUsedTokens: core.state.limits.kvTokens - core.state.kvFreeTokens,
      kvTokens: core.state.limits.kvTokens,
      lagNs: driver.lag(),
    }),
    stop() {
      driver.stop()
      waker.close()
      for (const sequence of [...open]) close(sequence, 'cancelled')
    },
  }
}
