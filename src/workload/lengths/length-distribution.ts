import type { z } from 'zod'
import type { RandomStream } from '../../numerics/random-stream.ts'

/** Prompt and output length of one request, in tokens; both at least 1. */
export interface RequestLengths {
  readonly promptTokens: number
  readonly outputTokens: number
}

/** A distribution of one length (prompt or output), as a plain object. */
export interface LengthDistribution<Options = unknown> {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType<Options>
  /** An endless sampler of integers >= 1. */
  sampler(options: Options, random: RandomStream): () => number
}
