import type { EngineLimits } from '../engine-limits.ts'
import type { EngineState } from '../policy.ts'
import type { Sequence } from '../sequence.ts'

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0)

/** What a fleet has and holds, all together; `contextTokens` is that of the smallest replica. */
export function fleetState(
  replicas: readonly { readonly index: number; readonly state: EngineState }[],
): EngineState {
  const all = <T>(of: (state: EngineState) => T) => replicas.map(({ state }) => of(state))
  const total = (of: (state: EngineState) => number) => sumOf(all(of))
  const queues = all(({ limits }) => limits.maxQueue)
  const limits: EngineLimits = {
    maxBatch: total((state) => state.limits.maxBatch),
    kvTokens: total((state) => state.limits.kvTokens),
    contextTokens: Math.min(...all((state) => state.limits.contextTokens)),
    maxQueue: queues.some((most) => most === null) ? null : sumOf(queues as number[]),
  }
  const placeOf = (sequence: Sequence) => (sequence as Sequence & { readonly replica?: number }).replica ?? 0
  return {
    limits,
    waiting: {
      get length() {
        return total(({ waiting }) => waiting.length)
      },
      at(position) {
        let left = position
        for (const { state } of replicas) {
          if (left < state.waiting.length) return state.waiting.at(left)
          left -= state.waiting.length
        }
        return undefined
      },
    },
    get running() {
      return all(({ running }) => running).flat()
    },
    get prefilling() {
      return total(({ prefilling }) => prefilling)
    },
    get kvFreeTokens() {
      return total(({ kvFreeTokens }) => kvFreeTokens)
    },
    get admissibleTokens() {
      return total(({ admissibleTokens }) => admissibleTokens)
    },
    admissionTokens: (sequence) => replicas[placeOf(sequence)]!.state.admissionTokens(sequence),
    prefillLeft: (sequence) => replicas[placeOf(sequence)]!.state.prefillLeft(sequence),
  }
}
