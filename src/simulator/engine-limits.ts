import * as z from 'zod'

/** What an engine can hold at once. */
export const engineLimits = z.strictObject({
  maxBatch: z.int().min(1).describe('Sequences that may run at once'),
  kvTokens: z.int().min(2).describe('Tokens that the KV cache holds'),
  contextTokens: z.int().min(2).describe('Longest prompt plus answer of one request, tokens'),
  maxQueue: z
    .int()
    .min(1)
    .nullable()
    .describe('Requests that may wait for the next step or longer; more get 429; null for no limit'),
})

export type EngineLimits = z.infer<typeof engineLimits>
