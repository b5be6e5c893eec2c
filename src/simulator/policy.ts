import type { z } from 'zod'
import type { EngineLimits } from './engine-limits.ts'
import type { Sequence } from './sequence.ts'
import type { WaitingView } from './waiting-queue.ts'

/** What a policy decides on. Live: valid during `plan` only. */
export interface EngineState {
  readonly limits: EngineLimits
  /** Requests that wait for admission, in order of arrival. Some may have arrived after the step's start. */
  readonly waiting: WaitingView<Sequence>
  /** Admitted sequences, in order of admission; at most `limits.maxBatch`. */
  readonly running: readonly Sequence[]
  /** KV cache room not reserved by a running sequence, tokens. */
  readonly kvFreeTokens: number
}

/** Prompt tokens of one sequence to process in a step; of a waiting sequence this is also its admission. */
export interface PrefillChunk {
  readonly sequence: Sequence
  /** At least 1, at most what is left of the prompt. */
  readonly tokens: number
}

/** What one engine iteration does. A sequence whose prompt completes gets its first token from that same step. */
export interface StepPlan {
  readonly prefills: readonly PrefillChunk[]
  /** Sequences that get their next token; their prompts must be complete. `state.running` itself is allowed. */
  readonly decodes: readonly Sequence[]
}

/** A scheduler: decides at the start of each iteration what is in it. May keep state of its own. */
export interface Policy {
  /** `null` when nothing can run. Requests with `arrivalNs > startNs` are not there yet. */
  plan(state: EngineState, startNs: number): StepPlan | null
}

/** A sort of policy, as a plain object; `create` makes one for one engine. */
export interface PolicyKind<Options> {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType<Options>
  create(options: Options): Policy
}
