import type { EngineCore, StepEnd } from '../engine-core.ts'
import type { EngineState } from '../policy.ts'
import type { SimulatedRequest } from '../sequence.ts'
import type { Outage } from './outages.ts'
import type { Leg, Outside } from './outside-sequence.ts'
import type { ReplicaView } from './router.ts'

/** One engine of a fleet, with its outages. */
export interface Replica<Request extends SimulatedRequest> extends ReplicaView {
  readonly state: EngineState
  /**
   * By the last `begin`: its next end of a step, or its failure while it has something to do; infinite when it has nothing.
   */
  readonly nextNs: number
  readonly failsNext: boolean
  /** Whether it can be given something. `nowNs` never decreases from call to call. */
  isUp(nowNs: number): boolean
  /** `false` when its queue is full. */
  take(sequence: Outside<Request>, nowNs: number): boolean
  cancel(sequence: Outside<Request>): boolean
  begin(nowNs: number): void
  end(): StepEnd<Request>
  /** Goes down; what it had. */
  fail(): Outside<Request>[]
}

export function createReplica<Request extends SimulatedRequest>(
  index: number,
  createCore: () => EngineCore<Leg<Request>>,
  outages: Iterator<Outage, undefined>,
  startNs: number,
): Replica<Request> {
  let core = createCore()
  const inFlight = new Set<Outside<Request>>()
  let stepEndNs = Number.POSITIVE_INFINITY
  // A core may be in a step, or wait for its link, after all clients have left.
  let isBusy = false
  // Kept as it was told: somebody waits for that moment, even if all clients leave meanwhile.
  let nextNs = Number.POSITIVE_INFINITY
  /** The one that it is in, or the next one. */
  let outage = outages.next().value
  let isDown = false
  const failsAtNs = () =>
    outage === undefined || isDown ? Number.POSITIVE_INFINITY : startNs + outage.fromNs
  const outsideOf = ({ request }: { readonly request: Leg<Request> }) => request.outside

  function goDown(): void {
    isDown = true
    isBusy = false
    stepEndNs = Number.POSITIVE_INFINITY
    nextNs = Number.POSITIVE_INFINITY
    inFlight.clear()
    core = createCore()
  }

  return {
    index,
    get outstanding() {
      return inFlight.size
    },
    get state() {
      return core.state
    },
    get nextNs() {
      return nextNs
    },
    get failsNext() {
      // What ends in the very moment has ended.
      return failsAtNs() < stepEndNs
    },
    isUp(nowNs) {
      while (outage !== undefined && startNs + outage.fromNs <= nowNs) {
        // Its failure is still to be told.
        if (!isDown && isBusy) return false
        if (!isDown) goDown()
        if (nowNs < startNs + outage.toNs) return false
        isDown = false
        outage = outages.next().value
      }
      return true
    },
    take(sequence, nowNs) {
      const inner = core.submit({ ...sequence.request, outside: sequence }, nowNs)
      if (inner === null) return false
      sequence.inner = inner
      sequence.replica = index
      inFlight.add(sequence)
      isBusy = true
      return true
    },
    cancel(sequence) {
      inFlight.delete(sequence)
      return core.cancel(sequence.inner!)
    },
    begin(nowNs) {
      if (isDown || !isBusy) return
      if (nowNs < failsAtNs()) stepEndNs = core.begin(nowNs) ?? Number.POSITIVE_INFINITY
      isBusy = inFlight.size > 0 || stepEndNs !== Number.POSITIVE_INFINITY
      nextNs = isBusy ? Math.min(stepEndNs, failsAtNs()) : Number.POSITIVE_INFINITY
    },
    end() {
      const { startNs, endNs, emitted, finished } = core.end()
      stepEndNs = Number.POSITIVE_INFINITY
      nextNs = Number.POSITIVE_INFINITY
      const left = finished.map(outsideOf)
      for (const sequence of left) inFlight.delete(sequence)
      return { startNs, endNs, emitted: emitted.map(outsideOf), finished: left }
    },
    fail() {
      const lost = [...inFlight]
      goDown()
      return lost
    },
  }
}
