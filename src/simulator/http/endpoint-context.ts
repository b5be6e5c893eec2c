import type { Clock } from '../../clock/clock.ts'
import type { RandomStream } from '../../numerics/random-stream.ts'
import type { EngineLimits } from '../engine-limits.ts'
import type { ServerOptions } from './server-options.ts'
import type { ServingEngine } from './serving-engine.ts'

/** What the completion endpoints share. */
export interface EndpointContext {
  readonly options: ServerOptions
  readonly limits: EngineLimits
  readonly engine: ServingEngine
  readonly clock: Clock
  readonly countTokens: (text: string) => number
  readonly encode: (text: string) => ArrayLike<number>
  /** Size of the blocks that prompts are hashed in; `null` when nothing looks at their beginnings. */
  readonly prefixBlockTokens: number | null
  /** Child streams by request id make texts and lengths independent of the order of arrival. */
  readonly random: RandomStream
}
