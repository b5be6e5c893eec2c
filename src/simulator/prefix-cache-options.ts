import * as z from 'zod'

/** Keeping the keys and values of prompts' beginnings for later requests. */
export const prefixCacheOptions = z.strictObject({
  blockTokens: z.int().min(1).default(16).describe('Tokens in one block: only whole blocks are shared'),
  capacityTokens: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Most tokens kept that no running sequence uses; null for all room that is free'),
})

export type PrefixCacheOptions = z.output<typeof prefixCacheOptions>
