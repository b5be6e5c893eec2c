import { MetronError } from '../errors/metron-error.ts'
import { checkFits } from './check-fits.ts'
import { checkPlan } from './check-plan.ts'
import type { EngineLimits } from './engine-limits.ts'
import { measureWork } from './measure-work.ts'
import type { EngineState, Policy, StepPlan } from './policy.ts'
import { reservedTokens, type Sequence, type SimulatedRequest } from './sequence.ts'
import type { StepModel } from './step-model.ts'
import { createWaitingQueue } from './waiting-queue.ts'

/** What came out of one iteration, at its end. */
export interface StepEnd<Request extends SimulatedRequest> {
  readonly startNs: number
  readonly endNs: number
  /** Sequences that gained a token; `emittedTokens` is their new total. Finished ones included. */
  readonly emitted: readonly Sequence<Request>[]
  /** Sequences that got their last token; they have left the engine. */
  readonly finished: readonly Sequence<Request>[]
}

/**
 * An engine in virtual time: it knows no clock and never waits. The caller submits requests, begins a step, waits (or
 * does not) until its end, and ends it. Requests may be submitted and cancelled while a step is under way.
 *
 * ```
 * submit ... begin(t0) -> t1   submit, cancel   end() at t1   begin(t1) -> t2 ...
 * ```
 */
export interface EngineCore<Request extends SimulatedRequest> {
  readonly state: EngineState
  /**
   * Queues a request. `nowNs` never decreases from call to call. `null` when the queue is full.
   * Throws `MetronError` when the request could never be admitted (see {@link checkFits}).
   */
  submit(request: Request, nowNs: number): Sequence<Request> | null
  /** Drops a sequence and frees its slot and its cache at once; `false` when it had already left. */
  cancel(sequence: Sequence<Request>): boolean
  /**
   * Starts a step at `nowNs` (never before the last one's end, nor before the first arrival when idle) and returns
   * its end; the end of the step under way when there is one; `null` when there is nothing to do.
   */
  begin(nowNs: number): number | null
  /** Ends the step under way. Throws when there is none. */
  end(): StepEnd<Request>
}

export interface EngineParts {
  readonly model: StepModel
  readonly limits: EngineLimits
  readonly policy: Policy
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** An empty, idle engine. Deterministic: the same calls give the same results. */
export function createEngineCore<Request extends SimulatedRequest>(parts: EngineParts): EngineCore<Request> {
  type Inside = Mutable<Sequence<Request>>
  const { model, limits, policy } = parts
  const waiting = createWaitingQueue<Inside>()
  let running: Inside[] = []
  let kvUsedTokens = 0
  let lastEndNs = Number.NEGATIVE_INFINITY
  let step: { startNs: number; endNs: number; plan: StepPlan } | null = null
  const state: EngineState = {
    limits,
    waiting,
    get running() {
      return running
    },
    get kvFreeTokens() {
      return limits.kvTokens - kvUsedTokens
    },
  }

  function admit(sequence: Inside, startNs: number): void {
    kvUsedTokens += reservedTokens(sequence.request)
    waiting.remove(sequence)
    sequence.state = 'running'
    sequence.prefillStartNs = startNs
    running.push(sequence)
  }

  return {
    state,
    submit(request, nowNs) {
      const problem = checkFits(request, limits)
      if (problem !== null) {
        throw new MetronError('bad-config', `the simulated engine can never run a request: ${problem}`, {
          hint: 'raise the limits of the simulator or shorten the request',
        })
      }
      if (limits.maxQueue !== null && waiting.length >= limits.maxQueue) return null
      const sequence: Inside = {
        request,
        arrivalNs: nowNs,
        state: 'waiting',
        prefilledTokens: 0,
        emittedTokens: 0,
        prefillStartNs: null,
        prefillEndNs: null,
      }
      waiting.push(sequence)
      return sequence
    },
    cancel(sequence) {
      if (sequence.state === 'waiting') waiting.remove(sequence)
      else if (sequence.state === 'running') {
        // A new array, because the plan of the step under way may hold the old one.
        running = running.filter((other) => other !== sequence)
        kvUsedTokens -= reservedTokens(sequence.request)
      } else return false
      ;(sequence as Inside).state = 'cancelled'
      return true
    },
    begin(nowNs) {
      if (step !== null) return step.endNs
      let startNs = Math.max(nowNs, lastEndNs)
      if (running.length === 0) startNs = Math.max(startNs, waiting.at(0)?.arrivalNs ?? startNs)
      const planned = policy.plan(state, startNs)
      if (planned === null) return null
      checkPlan(planned, state, startNs)
      const endNs = startNs + model.durationNs(measureWork(planned))
      // Admissions grow `running`, which the plan may hold as its decodes.
      const decodes = planned.prefills.length > 0 ? [...planned.decodes] : planned.decodes
      for (const { sequence } of planned.prefills) {
        if (sequence.state === 'waiting') admit(sequence as Inside, startNs)
      }
      step = { startNs, endNs, plan: { prefills: planned.prefills, decodes } }
      return endNs
    },
    end() {
      if (step === null) throw new Error('no step is under way')
      const { startNs, endNs, plan } = step
      step = null
      lastEndNs = endNs
      const emitted: Inside[] = []
      const finished: Inside[] = []
      const emit = (sequence: Inside) => {
        emitted.push(sequence)
        if (++sequence.emittedTokens < sequence.request.outputTokens) return
        sequence.state = 'finished'
        kvUsedTokens -= reservedTokens(sequence.request)
        finished.push(sequence)
      }
      for (const chunk of plan.prefills) {
        const sequence = chunk.sequence as Inside
        if (sequence.state !== 'running') continue
        sequence.prefilledTokens += chunk.tokens
        if (sequence.prefilledTokens < sequence.request.promptTokens) continue
        sequence.prefillEndNs = endNs
        emit(sequence)
      }
      for (const sequence of plan.decodes) if (sequence.state === 'running') emit(sequence as Inside)
      if (finished.length > 0) running = running.filter((sequence) => sequence.state === 'running')
      return { startNs, endNs, emitted, finished }
    },
  }
}
