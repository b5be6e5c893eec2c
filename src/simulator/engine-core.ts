import { refuseUnfit } from './check-fits.ts'
import { checkPlan } from './check-plan.ts'
import { createDeadlineQueue } from './deadline-queue.ts'
import type { EngineParts } from './engine-parts.ts'
import { createKvRoom } from './kv-room.ts'
import { draftsOf, measureWork } from './measure-work.ts'
import type { EngineState, StepPlan } from './policy.ts'
import type { Sequence, SimulatedRequest } from './sequence.ts'
import { slownessAt } from './slowdowns.ts'
import { acceptedDrafts } from './speculation.ts'
import { createWaitingQueue } from './waiting-queue.ts'

/** What came out of one iteration, at its end. */
export interface StepEnd<Request extends SimulatedRequest> {
  readonly startNs: number
  readonly endNs: number
  /** Sequences that gained tokens, with speculation several at once; `emittedTokens` is their new total. Finished ones included. */
  readonly emitted: readonly Sequence<Request>[]
  /** Sequences that got their last token; they have left the engine. */
  readonly finished: readonly Sequence<Request>[]
  /** Sequences that went down with their replica; they have left. None when absent. */
  readonly failed?: readonly Sequence<Request>[]
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
   * Throws `MetronError` when the request could never be admitted (see `checkFits`).
   */
  submit(request: Request, nowNs: number): Sequence<Request> | null
  /** Whether nobody is there who could serve: `submit` then answers `null`. Never when absent. */
  isDown?(nowNs: number): boolean
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

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** An empty, idle engine. Deterministic: the same calls give the same results. */
export function createEngineCore<Request extends SimulatedRequest>(parts: EngineParts): EngineCore<Request> {
  type Inside = Mutable<Sequence<Request>>
  const {
    model,
    limits,
    policy,
    memory = { kind: 'reserve' },
    prefixCache = null,
    speculation = null,
    slowdowns = [],
  } = parts
  const waiting =
    policy.deadlineNs === undefined
      ? createWaitingQueue<Inside>()
      : createDeadlineQueue<Inside>((sequence) => policy.deadlineNs!(sequence))
  const room = createKvRoom(limits, memory, prefixCache)
  const grows = memory.kind === 'preempt'
  const draftTokens = speculation?.draftTokens ?? 0
  const watermarkTokens = grows ? Math.floor(limits.kvTokens * memory.watermarkFraction) : 0
  let running: Inside[] = []
  let prefilling = 0
  let submitted = 0
  let swappedTokens = 0
  let lastEndNs = Number.NEGATIVE_INFINITY
  let step: { startNs: number; endNs: number; plan: StepPlan } | null = null
  const state: EngineState = {
    limits,
    waiting,
    get running() {
      return running
    },
    get prefilling() {
      return prefilling
    },
    get kvFreeTokens() {
      return room.freeTokens
    },
    get admissibleTokens() {
      if (!grows || running.length === 0) return room.freeTokens
      return room.freeTokens - watermarkTokens - running.length * (1 + draftTokens)
    },
    admissionTokens: (sequence) => room.admissionTokens(sequence),
    prefillLeft(sequence) {
      const done = sequence.state === 'waiting' ? room.cachedTokens(sequence) : sequence.prefilledTokens
      return sequence.prefillTokens - done
    },
  }

  function admit(sequence: Inside, startNs: number): void {
    waiting.remove(sequence)
    room.admit(sequence)
    sequence.state = 'running'
    if (sequence.prefillStartNs === null && !sequence.resumes)
      sequence.cachedTokens = sequence.prefilledTokens
    sequence.prefillStartNs ??= startNs
    if (sequence.prefilledTokens < sequence.prefillTokens) prefilling++
    running.push(sequence)
  }

  /** Those that need no prefill go before whatever the policy wants. */
  function resume(startNs: number): void {
    for (let head = waiting.at(0); head?.resumes && head.arrivalNs <= startNs; head = waiting.at(0)) {
      if (running.length >= limits.maxBatch || room.admissionTokens(head) > state.admissibleTokens) return
      admit(head, startNs)
      head.resumes = false
      if (head.preemptions > 0) swappedTokens += head.prefilledTokens
    }
  }

  function leaveRunning(sequence: Inside): void {
    // A new array, because the plan of the step under way may hold the old one.
    running = running.filter((other) => other !== sequence)
    if (sequence.prefilledTokens < sequence.prefillTokens) prefilling--
    room.release(sequence)
  }

  function preempt(sequence: Inside): void {
    const bySwap = memory.kind === 'preempt' && memory.by === 'swap'
    leaveRunning(sequence)
    sequence.state = 'waiting'
    sequence.preemptions++
    if (bySwap && sequence.prefilledTokens === sequence.prefillTokens) {
      // What it has decoded is in the copy, too.
      sequence.prefillTokens = sequence.request.promptTokens + sequence.emittedTokens - 1
      sequence.prefilledTokens = sequence.prefillTokens
      sequence.resumes = true
      swappedTokens += sequence.prefilledTokens
    } else {
      sequence.prefillTokens = sequence.request.promptTokens + sequence.emittedTokens
      sequence.prefilledTokens = 0
    }
    waiting.giveBack(sequence)
  }

  const growthOf = (sequence: Sequence) => 1 + draftsOf(sequence, draftTokens)

  /** Room for the tokens that `decodes` will add; whoever came last makes way. The plan without those that did. */
  function makeRoom(plan: StepPlan): StepPlan {
    const needed = () => {
      if (draftTokens === 0) return decodes.length
      return decodes.reduce((sum, sequence) => sum + growthOf(sequence), 0)
    }
    let { prefills, decodes } = plan
    while (needed() > room.freeTokens) {
      preempt(running.at(-1)!)
      decodes = decodes.filter((sequence) => sequence.state === 'running')
      prefills = prefills.filter(({ sequence }) => sequence.state === 'running')
    }
    for (const sequence of decodes) room.grow(sequence as Inside, growthOf(sequence))
    return { prefills, decodes }
  }

  /** What the step will do, its admissions made; `null` when there is nothing. */
  function decide(startNs: number): StepPlan | null {
    for (;;) {
      const planned = policy.plan(state, startNs)
      if (planned === null) return null
      checkPlan(planned, state, startNs)
      const { prefills } = planned
      // Admissions grow `running`, which the plan may hold as its decodes.
      const decodes = prefills.length > 0 ? [...planned.decodes] : planned.decodes
      for (const { sequence } of prefills)
        if (sequence.state === 'waiting') admit(sequence as Inside, startNs)
      const plan = grows ? makeRoom({ prefills, decodes }) : { prefills, decodes }
      if (plan.prefills.length + plan.decodes.length > 0) return plan
    }
  }

  function slowed(ns: number, startNs: number): number {
    return slowdowns.length === 0 ? ns : Math.round(ns * slownessAt(slowdowns, startNs))
  }

  function durationNs(plan: StepPlan): number {
    let ns = model.durationNs(measureWork(plan, draftTokens))
    if (speculation !== null && plan.decodes.length > 0) {
      const plainNs = model.durationNs(measureWork({ prefills: [], decodes: plan.decodes }, 0))
      // One at a time, for all sequences together: as many rounds as the one that needs most.
      let rounds = 0
      for (const sequence of plan.decodes) rounds = Math.max(rounds, draftsOf(sequence, draftTokens))
      ns += Math.round(rounds * speculation.draftFraction * plainNs)
    }
    if (memory.kind === 'preempt') ns += Math.round(swappedTokens * (memory.swapTokenNs ?? 0))
    swappedTokens = 0
    return ns
  }

  return {
    state,
    submit(request, nowNs) {
      refuseUnfit(request, limits)
      if (limits.maxQueue !== null && waiting.length >= limits.maxQueue) return null
      const handedOver = request.handedOverTokens ?? 0
      const sequence: Inside = {
        request,
        arrivalNs: nowNs,
        order: submitted++,
        state: 'waiting',
        prefillTokens: request.promptTokens,
        prefilledTokens: handedOver > 0 ? request.promptTokens : 0,
        emittedTokens: handedOver,
        heldTokens: 0,
        sharedBlocks: 0,
        cachedTokens: 0,
        preemptions: 0,
        resumes: handedOver > 0,
        prefillStartNs: null,
        prefillEndNs: null,
      }
      waiting.push(sequence)
      return sequence
    },
    cancel(given) {
      const sequence = given as Inside
      if (sequence.state === 'waiting') {
        waiting.remove(sequence)
      } else if (sequence.state === 'running') leaveRunning(sequence)
      else return false
      sequence.state = 'cancelled'
      return true
    },
    begin(nowNs) {
      if (step !== null) return step.endNs
      let startNs = Math.max(nowNs, lastEndNs)
      if (running.length === 0) startNs = Math.max(startNs, waiting.at(0)?.arrivalNs ?? startNs)
      waiting.settle?.(startNs)
      resume(startNs)
      const plan = decide(startNs)
      if (plan === null) return null
      step = { startNs, endNs: startNs + slowed(durationNs(plan), startNs), plan }
      return step.endNs
    },
    end() {
      if (step === null) throw new Error('no step is under way')
      const { startNs, endNs, plan } = step
      step = null
      lastEndNs = endNs
      const emitted: Inside[] = []
      const finished: Inside[] = []
      const emit = (sequence: Inside, tokens: number) => {
        emitted.push(sequence)
        sequence.emittedTokens = Math.min(sequence.emittedTokens + tokens, sequence.request.outputTokens)
        if (sequence.emittedTokens < sequence.request.outputTokens) return
        sequence.state = 'finished'
        room.release(sequence)
        finished.push(sequence)
      }
      for (const chunk of plan.prefills) {
        const sequence = chunk.sequence as Inside
        if (sequence.state !== 'running') continue
        sequence.prefilledTokens += chunk.tokens
        if (sequence.prefilledTokens < sequence.prefillTokens) continue
        prefilling--
        sequence.prefillEndNs ??= endNs
        room.share(sequence)
        emit(sequence, 1)
      }
      for (const each of plan.decodes) {
        const sequence = each as Inside
        if (sequence.state !== 'running') continue
        if (speculation === null) emit(sequence, 1)
        else {
          const drafts = draftsOf(sequence, draftTokens)
          const accepted = acceptedDrafts(speculation, drafts, sequence.order, sequence.emittedTokens)
          if (grows) room.grow(sequence, accepted - drafts)
          emit(sequence, 1 + accepted)
        }
      }
      if (finished.length > 0) running = running.filter((sequence) => sequence.state === 'running')
      return { startNs, endNs, emitted, finished }
    },
  }
}
