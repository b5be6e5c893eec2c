import type { z } from 'zod'

/** What one engine iteration has to compute. Filled by the engine from its policy's plan. */
export interface StepWork {
  /** Prompt tokens processed in this step, over all sequences. */
  readonly prefillTokens: number
  /**
   * Query-key pairs of the prompt tokens' attention: `c * k + c * (c + 1) / 2` summed over the prompts, where `c`
   * tokens are processed now after `k` that are already in the cache. Quadratic in the prompt.
   */
  readonly prefillPairs: number
  /** Sequences that decode one token in this step. */
  readonly decodeSequences: number
  /** Tokens in the caches of the decoding sequences, each of which is read once. */
  readonly contextTokens: number
}

/** How long an engine iteration takes; a pure function of its work. */
export interface StepModel {
  /** Integer ns, at least 1. */
  durationNs(work: StepWork): number
}

/** A sort of step model, as a plain object; `create` binds it to its parameters. */
export interface StepModelKind<Options> {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType<Options>
  create(options: Options): StepModel
}
