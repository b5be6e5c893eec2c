import type { RequestLengths } from './length-distribution.ts'

/**
 * Trims prompt and output so that together they have at most `maxTotalTokens` (at least 2). Both shrink in proportion,
 * to a sum of exactly the limit, but neither below 1. Lengths within the limit come back as they are.
 */
export function limitTotal(lengths: RequestLengths, maxTotalTokens: number): RequestLengths {
  const { promptTokens, outputTokens } = lengths
  const total = promptTokens + outputTokens
  if (total <= maxTotalTokens) return lengths
  const share = Math.round((promptTokens / total) * maxTotalTokens)
  const trimmedPrompt = Math.min(Math.max(share, 1), maxTotalTokens - 1)
  return { promptTokens: trimmedPrompt, outputTokens: maxTotalTokens - trimmedPrompt }
}
