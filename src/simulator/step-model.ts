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
  /** Sequences that have prompt tokens processed in this step. */
  readonly prefillSequences: number
  /** Tokens already in the caches of those, each of which is read once. */
  readonly prefillContextTokens: number
  /** Sequences that decode in this step. */
  readonly decodeSequences: number
  /** Tokens that go through the model for them: one each, and the drafts that are checked with it. */
  readonly decodeTokens: number
  /** Query-key pairs of those tokens' attention. */
  readonly decodePairs: number
  /** Tokens in the caches of the decoding sequences, each of which is read once. */
  readonly contextTokens: number
}

/** Nothing to do. */
export const NO_WORK: StepWork = {
  prefillTokens: 0,
  prefillPairs: 0,
  prefillSequences: 0,
  prefillContextTokens: 0,
  decodeSequences: 0,
  decodeTokens: 0,
  decodePairs: 0,
  contextTokens: 0,
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
