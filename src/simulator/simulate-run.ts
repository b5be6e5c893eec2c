import { MetronError } from '../errors/metron-error.ts'
import { createEngine } from './create-engine.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Sequence, SimulatedRequest } from './sequence.ts'

/** One request of a virtual run. */
export interface DueRequest {
  readonly id: number
  /** When it reaches the engine, ns; never decreasing from request to request. */
  readonly dueNs: number
  readonly promptTokens: number
  readonly outputTokens: number
  /** As in `SimulatedRequest`. */
  readonly cachedTokens?: number
  readonly prefixBlocks?: readonly number[]
  readonly ttftDeadlineNs?: number
}

/**
 * Where the requests of a virtual run come from. Requests may depend on what has ended, as those of a closed loop do: after
 * every request that ends, the source is asked again.
 */
export interface RequestSource {
  /** When the next request is due; `null` while none is. Never decreasing from call to call. */
  nextDueNs(): number | null
  /** The next request; only called when there is one. */
  take(): DueRequest
}

/**
 * Why a request of a virtual run failed: the queue was full, no replica was up to take it, or the replica that had it went
 * down.
 */
export type SimulatedFailure = 'queue-full' | 'all-down' | 'replica-lost'

/** What happened to one request of a virtual run; times in ns on the clock of `dueNs`. */
export interface SimulatedTimes {
  readonly id: number
  readonly dueNs: number
  /** `null` when it ended well. */
  readonly failure: SimulatedFailure | null
  /** When it ended: with its last token, its refusal or its replica. */
  readonly endNs: number
  /** `null` when it was refused, or failed before. */
  readonly prefillStartNs: number | null
  readonly prefillEndNs: number | null
  /** When each output token came out; as long as `outputTokens`, less when it failed. */
  readonly tokenNs: Float64Array
  /** Prompt tokens that came from the prefix cache. */
  readonly cachedTokens: number
  /** How often it lost its room in the KV cache. */
  readonly preemptions: number
}

interface Job extends SimulatedRequest {
  readonly due: DueRequest
  readonly tokenNs: Float64Array
  /** How many of those are set. */
  stamped: number
}

/**
 * Runs requests through an engine in virtual time: no clock, no timer, deterministic. `onEnd` gets each request as it
 * ends, and may end the whole run by returning `stop`. Requests are taken from the source only when they are due, so that
 * memory follows the requests in flight, not the length of the run.
 *
 * Throws `MetronError` when due times decrease or a request can never fit.
 */
export function simulateEach(
  requests: Iterable<DueRequest> | RequestSource,
  engine: EngineParts,
  onEnd: (times: SimulatedTimes) => 'stop' | undefined,
): void {
  const core = createEngine<Job>(engine)
  const source = 'nextDueNs' in requests ? requests : inOrder(requests)
  let endNs: number | null = null
  let isStopped = false
  const tell = (times: SimulatedTimes): void => {
    if (!isStopped) isStopped = onEnd(times) === 'stop'
  }
  while (!isStopped) {
    // Everything that is due before the step under way ends, or else the first of what comes next.
    for (let dueNs = source.nextDueNs(); dueNs !== null && (endNs === null || dueNs <= endNs); ) {
      const due = source.take()
      if (core.submit(toJob(due), due.dueNs) === null) {
        tell(refused(due, core.isDown?.(due.dueNs) ? 'all-down' : 'queue-full'))
      }
      const nextNs = source.nextDueNs()
      // Requests due together are admitted together.
      if (nextNs === null || nextNs > dueNs) endNs = core.begin(dueNs)
      dueNs = nextNs
    }
    if (endNs === null) return
    const step = core.end()
    for (const { request, emittedTokens } of step.emitted) {
      while (request.stamped < emittedTokens) request.tokenNs[request.stamped++] = step.endNs
    }
    for (const sequence of step.finished) tell(toTimes(sequence, step.endNs, null))
    if (step.failed !== undefined) {
      for (const sequence of step.failed) tell(toTimes(sequence, step.endNs, 'replica-lost'))
    }
    endNs = core.begin(step.endNs)
  }
}

/** As {@link simulateEach}, but returns everything, in the order of the requests given. */
export function simulate(requests: readonly DueRequest[], engine: EngineParts): SimulatedTimes[] {
  const position = new Map(requests.map(({ id }, index) => [id, index]))
  const times = new Array<SimulatedTimes>(requests.length)
  simulateEach(requests, engine, (ended) => {
    times[position.get(ended.id)!] = ended
  })
  return times
}

function toJob(due: DueRequest): Job {
  const { outputTokens } = due
  return { ...due, maxOutputTokens: outputTokens, tokenNs: new Float64Array(outputTokens), stamped: 0, due }
}

function toTimes(
  { request, prefillStartNs, prefillEndNs, cachedTokens, preemptions }: Sequence<Job>,
  endNs: number,
  failure: SimulatedFailure | null,
): SimulatedTimes {
  const { id, dueNs } = request.due
  const tokenNs = failure === null ? request.tokenNs : request.tokenNs.slice(0, request.stamped)
  return { id, dueNs, failure, endNs, prefillStartNs, prefillEndNs, tokenNs, cachedTokens, preemptions }
}

function refused({ id, dueNs }: DueRequest, failure: SimulatedFailure): SimulatedTimes {
  const nothing = { prefillStartNs: null, prefillEndNs: null, cachedTokens: 0, preemptions: 0 }
  return { id, dueNs, failure, endNs: dueNs, tokenNs: new Float64Array(), ...nothing }
}

function inOrder(requests: Iterable<DueRequest>): RequestSource {
  const iterator = requests[Symbol.iterator]()
  let next = advance(Number.NEGATIVE_INFINITY)
  return {
    nextDueNs: () => next?.dueNs ?? null,
    take() {
      const taken = next!
      next = advance(taken.dueNs)
      return taken
    },
  }

  function advance(previousNs: number): DueRequest | null {
    const { done, value } = iterator.next()
    if (done === true) return null
    if (value.dueNs >= previousNs) return value
    throw new MetronError('bad-config', `request ${value.id} is due before the request ahead of it`, {
      hint: 'sort the requests by dueNs',
    })
  }
}
