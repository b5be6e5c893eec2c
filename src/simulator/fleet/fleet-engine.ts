import { refuseUnfit } from '../check-fits.ts'
import type { EngineCore, StepEnd } from '../engine-core.ts'
import type { EngineParts, Fleet } from '../engine-parts.ts'
import type { SimulatedRequest } from '../sequence.ts'
import { fleetState } from './fleet-state.ts'
import { type Leg, type Outside, outsideOf } from './outside-sequence.ts'
import { createReplica, type Replica } from './replica.ts'

/**
 * Engines behind a router, each with its own steps: a step's `startNs` may lie before the end of the one before; ends are
 * in order. `begin` may answer an earlier moment than before when a request has come since. The failure of a replica that
 * has something to do is a step without tokens whose `failed` are the requests that were on it; with `retry`, those
 * without a token go to another replica and start anew. A replica that is down gets nothing, and comes back empty.
 *
 * @param startNs moment of the clock from which outages are counted
 */
export function createFleetEngine<Request extends SimulatedRequest>(
  { router, replicas: makers, retry, outages }: Fleet,
  limits: EngineParts['limits'],
  createCore: (parts: EngineParts) => EngineCore<Leg<Request>>,
  startNs: number,
): EngineCore<Request> {
  const replicas = makers.map((createParts, index) =>
    createReplica<Request>(index, () => createCore(createParts()), outages(index), startNs),
  )
  const route = router()
  let submitted = 0
  let latestNs = Number.NEGATIVE_INFINITY
  const upAt = (nowNs: number) => replicas.filter((replica) => replica.isUp(nowNs))

  /** `false` when nobody takes it. */
  function send(sequence: Outside<Request>, nowNs: number): boolean {
    // In real time a failure may be told after a later request has come.
    latestNs = Math.max(latestNs, nowNs)
    const up = upAt(latestNs)
    if (up.length === 0) return false
    const chosen = route.choose(sequence.request, up) as Replica<Request>
    return chosen.take(sequence, latestNs)
  }

  function next(): Replica<Request> {
    let first = replicas[0]!
    for (const replica of replicas) if (replica.nextNs < first.nextNs) first = replica
    return first
  }

  function fail(replica: Replica<Request>): StepEnd<Request> {
    const atNs = replica.nextNs
    const lost = replica.fail()
    const failed = lost.filter((sequence) => {
      if (retry && sequence.emittedTokens === 0 && send(sequence, atNs)) return false
      sequence.isLost = true
      return true
    })
    return { startNs: atNs, endNs: atNs, emitted: [], finished: [], failed }
  }

  return {
    state: fleetState(replicas),
    isDown: (nowNs) => upAt(nowNs).length === 0,
    submit(request, nowNs) {
      refuseUnfit(request, limits)
      const sequence = outsideOf(request, nowNs, submitted)
      if (!send(sequence, nowNs)) return null
      submitted++
      return sequence
    },
    cancel(given) {
      const sequence = given as Outside<Request>
      return !sequence.isLost && replicas[sequence.replica]!.cancel(sequence)
    },
    begin(nowNs) {
      for (const replica of replicas) replica.begin(nowNs)
      const { nextNs } = next()
      return nextNs === Number.POSITIVE_INFINITY ? null : nextNs
    },
    end() {
      const replica = next()
      if (replica.nextNs === Number.POSITIVE_INFINITY) throw new Error('no step is under way')
      return replica.failsNext ? fail(replica) : replica.end()
    },
  }
}
