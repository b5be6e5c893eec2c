import * as z from 'zod'

/** Speculative decoding: a small model drafts tokens, the engine checks them all in one step. */
export const speculationOptions = z.strictObject({
  draftTokens: z.int().min(1).max(64).default(4).describe('Tokens drafted a step'),
  acceptance: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .describe('Chance that a draft is right when those before it are'),
  draftFraction: z
    .number()
    .min(0)
    .default(0.05)
    .describe('Time to draft one token for the batch, as a share of a step that decodes without drafts'),
  seed: z.int().min(0).default(0).describe('Seed of which drafts are right'),
})

export type SpeculationOptions = z.output<typeof speculationOptions>

/**
 * How many drafts are accepted before the first wrong one, 0 to `drafts`: geometric, so that a step makes
 * `(1 - p^(k+1)) / (1 - p)` tokens on average (Leviathan et al., arXiv 2211.17192, equation 1). A function of seed,
 * sequence and position alone, so that it does not depend on how steps were scheduled.
 */
export function acceptedDrafts(
  { acceptance, seed }: SpeculationOptions,
  drafts: number,
  order: number,
  position: number,
): number {
  const uniform = mix(seed, order, position) / 2 ** 32
  let accepted = 0
  let chance = acceptance
  while (accepted < drafts && uniform < chance) {
    accepted++
    chance *= acceptance
  }
  return accepted
}

/** Three rounds of MurmurHash3's 32-bit mixing. */
function mix(seed: number, order: number, position: number): number {
  let hash = 0
  for (const word of [seed, order, position]) {
    hash ^= Math.imul(word, 0xcc9e2d51)
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}
