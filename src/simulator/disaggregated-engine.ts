import { refuseUnfit } from './check-fits.ts'
import { createEngineCore, type EngineCore, type StepEnd } from './engine-core.ts'
import type { EngineParts, Handover } from './engine-parts.ts'
import type { Sequence, SimulatedRequest } from './sequence.ts'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** A request as one of the two engines sees it. */
interface Leg<Request extends SimulatedRequest> extends SimulatedRequest {
  readonly trip: Trip<Request>
}

/** A request on its way through both. */
interface Trip<Request extends SimulatedRequest> {
  /** As seen from outside. */
  readonly sequence: Mutable<Sequence<Request>>
  /** Inside the engine that has it; `null` on the link and after the end. */
  inner: Sequence<Leg<Request>> | null
  engine: EngineCore<Leg<Request>>
}

/**
 * Two engines with the same parts: one prefills and makes the first token, the other decodes. In between the prompt's
 * cache crosses a link, one after the other in the order of their ends; the prefill engine frees its room at once. A
 * step's `startNs` may lie before the end of the one before, because both engines work at the same time; ends are in
 * order. `begin` may answer an earlier moment than before when a request has come since. The arrival of a cache is a
 * step without tokens. `state` tells the queue of the first engine, the cache of the second, and as running all in between.
 */
export function createDisaggregatedEngine<Request extends SimulatedRequest>(
  parts: EngineParts,
  { transferNs }: Handover,
): EngineCore<Request> {
  const prefill = createEngineCore<Leg<Request>>(parts)
  const decode = createEngineCore<Leg<Request>>({ ...parts, limits: { ...parts.limits, maxQueue: null } })
  const trips = new WeakMap<Sequence<Request>, Trip<Request>>()
  const onLink: { readonly trip: Trip<Request>; readonly arriveNs: number }[] = []
  let linkFreeNs = Number.NEGATIVE_INFINITY
  let submitted = 0

  /** What the engine inside knows better. */
  function look({ sequence, inner }: Trip<Request>): void {
    if (inner === null) return
    sequence.prefillStartNs ??= inner.prefillStartNs
    sequence.emittedTokens = Math.max(sequence.emittedTokens, inner.emittedTokens)
    sequence.preemptions = Math.max(sequence.preemptions, inner.preemptions)
    sequence.cachedTokens = Math.max(sequence.cachedTokens, inner.cachedTokens)
  }

  function outside(step: StepEnd<Leg<Request>>): StepEnd<Request> {
    const finished: Sequence<Request>[] = []
    const emitted = step.emitted.map(({ request: { trip } }) => {
      const { sequence } = trip
      look(trip)
      sequence.prefillEndNs ??= step.endNs
      if (sequence.emittedTokens === sequence.request.outputTokens) {
        sequence.state = 'finished'
        trip.inner = null
        finished.push(sequence)
      }
      return sequence
    })
    return { startNs: step.startNs, endNs: step.endNs, emitted, finished }
  }

  function endPrefill(): StepEnd<Request> {
    const inner = prefill.end()
    const step = outside(inner)
    for (const { request } of inner.emitted) {
      const { trip } = request
      if (trip.sequence.state === 'finished') continue
      trip.inner = null
      trip.sequence.state = 'running'
      linkFreeNs = Math.max(linkFreeNs, step.endNs) + Math.round(transferNs(request.promptTokens))
      onLink.push({ trip, arriveNs: linkFreeNs })
    }
    return step
  }

  function arrive(): StepEnd<Request> {
    const { trip, arriveNs } = onLink.shift()!
    const { promptTokens, outputTokens, maxOutputTokens } = trip.sequence.request
    if (trip.sequence.state === 'running') {
      const leg = { promptTokens, outputTokens, maxOutputTokens, handedOverTokens: 1, trip }
      trip.engine = decode
      trip.inner = decode.submit(leg, arriveNs)
    }
    return { startNs: arriveNs, endNs: arriveNs, emitted: [], finished: [] }
  }

  /** Both engines at work where they can; the end that comes first. */
  function nextNs(nowNs: number): { prefill: number; link: number; decode: number } {
    return {
      prefill: prefill.begin(nowNs) ?? Number.POSITIVE_INFINITY,
      link: onLink[0]?.arriveNs ?? Number.POSITIVE_INFINITY,
      decode: decode.begin(nowNs) ?? Number.POSITIVE_INFINITY,
    }
  }

  return {
    state: {
      limits: parts.limits,
      waiting: prefill.state.waiting,
      get running() {
        const between = Array.from(
          { length: decode.state.waiting.length },
          (_, at) => decode.state.waiting.at(at)!,
        )
        const moving = onLink.map(({ trip }) => trip.sequence).filter(({ state }) => state === 'running')
        return [...prefill.state.running, ...moving, ...between, ...decode.state.running]
      },
      get prefilling() {
        return prefill.state.prefilling
      },
      get kvFreeTokens() {
        return decode.state.kvFreeTokens
      },
      get admissibleTokens() {
        return decode.state.admissibleTokens
      },
      admissionTokens: (sequence) => prefill.state.admissionTokens(sequence),
      prefillLeft: (sequence) => prefill.state.prefillLeft(sequence),
    },
    submit(request, nowNs) {
      refuseUnfit(request, parts.limits)
      const sequence: Mutable<Sequence<Request>> = {
        request,
        arrivalNs: nowNs,
        order: submitted++,
        state: 'waiting',
        prefillTokens: request.promptTokens,
        prefilledTokens: 0,
        emittedTokens: 0,
        heldTokens: 0,
        sharedBlocks: 0,
        cachedTokens: 0,
        preemptions: 0,
        resumes: false,
        prefillStartNs: null,
        prefillEndNs: null,
      }
      const trip: Trip<Request> = { sequence, inner: null, engine: prefill }
      const { promptTokens, cachedTokens, prefixBlocks, ttftDeadlineNs } = request
      trip.inner = prefill.submit(
        {
          promptTokens,
          outputTokens: 1,
          maxOutputTokens: 1,
          ...(cachedTokens === undefined ? {} : { cachedTokens }),
          ...(prefixBlocks === undefined ? {} : { prefixBlocks }),
          ...(ttftDeadlineNs === undefined ? {} : { ttftDeadlineNs }),
          trip,
        },
        nowNs,
      )
      if (trip.inner === null) return null
      trips.set(sequence, trip)
      return sequence
    },
    cancel(given) {
      const trip = trips.get(given)
      if (trip === undefined || given.state === 'finished' || given.state === 'cancelled') return false
      look(trip)
      if (trip.inner !== null) trip.engine.cancel(trip.inner)
      trip.inner = null
      trip.sequence.state = 'cancelled'
      return true
    },
    begin(nowNs) {
      const next = nextNs(nowNs)
      const endNs = Math.min(next.prefill, next.link, next.decode)
      return endNs === Number.POSITIVE_INFINITY ? null : endNs
    },
    end() {
      const next = nextNs(Number.NEGATIVE_INFINITY)
      if (next.prefill <= next.link && next.prefill <= next.decode) return endPrefill()
      // A cache that arrives at the end of a step is in the next one.
      return next.link <= next.decode ? arrive() : outside(decode.end())
    },
  }
}
