import type { z } from 'zod'
import type { EngineLimits } from './engine-limits.ts'
import type { Sequence } from './sequence.ts'
import type { WaitingView } from './waiting-queue.ts'

/** What a policy decides on. Live: valid during `plan` only. */
export interface EngineState {
  readonly limits: EngineLimits
  /** Requests that wait for admission, in the order in which to admit. Some may have arrived after the step's start. */
  readonly waiting: WaitingView<Sequence>
  /** Admitted sequences, in order of admission; at most `limits.maxBatch`. */
  readonly running: readonly Sequence[]
  /** How many of those do not have their whole prefill in the cache. */
  readonly prefilling: number
  /** KV cache room that no running sequence holds, tokens. */
  readonly kvFreeTokens: number
  /** KV cache room that admissions may take: less than `kvFreeTokens` where running sequences will grow. */
  readonly admissibleTokens: number
  /** KV cache room that the admission of a waiting sequence takes, tokens. */
  admissionTokens(sequence: Sequence): number
  /** Tokens still to be prefilled; of a waiting sequence, less what the prefix cache has. 0: it is ready to decode. */
  prefillLeft(sequence: Sequence): number
}

/** Tokens of one sequence to prefill in a step; of a waiting sequence this is also its admission. */
export interface PrefillChunk {
  readonly sequence: Sequence
  /** At least 1, at most what is left of its prefill. */
  readonly tokens: number
}

/** What one engine iteration does. A sequence whose prefill completes gets its next token from that same step. */
export interface StepPlan {
  readonly prefills: readonly PrefillChunk[]
  /** Sequences that get their next token; their prefills must be complete. `state.running` itself is allowed. */
  readonly decodes: readonly Sequence[]
}

/** A scheduler: decides at the start of each iteration what is in it. May keep state of its own. */
export interface Policy {
  /** `null` when nothing can run. Requests with `arrivalNs > startNs` are not there yet. */
  plan(state: EngineState, startNs: number): StepPlan | null
  /** When given, requests wait in the order of it (earliest first) instead of that of their arrivals. */
  deadlineNs?(sequence: Sequence): number
}

/** A sort of policy, as a plain object; `create` makes one for one engine. */
export interface PolicyKind<Options> {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType<Options>
  create(options: Options): Policy
}
