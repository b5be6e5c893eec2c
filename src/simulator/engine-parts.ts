import type { EngineLimits } from './engine-limits.ts'
import type { Outage } from './fleet/outages.ts'
import type { Router } from './fleet/router.ts'
import type { MemoryOptions } from './memory-options.ts'
import type { Policy } from './policy.ts'
import type { PrefixCacheOptions } from './prefix-cache-options.ts'
import type { Slowdown } from './slowdowns.ts'
import type { SpeculationOptions } from './speculation.ts'
import type { StepModel } from './step-model.ts'

/** What an engine is made of. */
export interface EngineParts {
  readonly model: StepModel
  readonly limits: EngineLimits
  readonly policy: Policy
  /** Reserve when absent. Copies take no time where `swapTokenNs` is not filled in. */
  readonly memory?: MemoryOptions
  /** None when absent or `null`. */
  readonly prefixCache?: PrefixCacheOptions | null
  /** While every step takes longer; moments on the engine's clock. None when absent. */
  readonly slowdowns?: readonly Slowdown[]
  /** None when absent or `null`. */
  readonly speculation?: SpeculationOptions | null
  /** When given, prefill and decode are on engines of their own (see `createEngine`). None when absent or `null`. */
  readonly handover?: Handover | null
  /**
   * When given, the engine is several: only the limits beside it count, and they say what each replica can take. None
   * when absent or `null`.
   */
  readonly fleet?: Fleet | null
}

/** Several engines behind a router. */
export interface Fleet {
  /** What makes each replica's parts, at its start and anew when it comes back; without fleets of their own. */
  readonly replicas: readonly (() => EngineParts)[]
  router(): Router
  /** When a replica is down, since the start: in order of time and without overlaps, perhaps without end. */
  outages(replica: number): Iterator<Outage, undefined>
  /** Requests without a first token go to another replica when theirs fails. */
  readonly retry: boolean
}

/** Moving a prompt's cache from a prefill engine to a decode engine. */
export interface Handover {
  /** Time on the link for the cache of so many tokens. */
  transferNs(tokens: number): number
}
