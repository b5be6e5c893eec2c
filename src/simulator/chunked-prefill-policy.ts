import * as z from 'zod'
import { admitWaiting, continuePrefills, readyToDecode, type TakeTokens } from './plan-prefills.ts'
import type { EngineState, PolicyKind, PrefillChunk, StepPlan } from './policy.ts'
import type { Sequence } from './sequence.ts'

export const chunkedPrefillOptions = z.strictObject({
  kind: z.literal('chunked-prefill'),
  budgetTokens: z
    .int()
    .min(1)
    .default(2048)
    .describe('Tokens in one step: a token for each decode first, pieces of prompts in the rest'),
})

export type ChunkedPrefillOptions = z.output<typeof chunkedPrefillOptions>

/**
 * Every step decodes all that can and fills what is left of its token budget with pieces of prompts, so that no decode
 * waits longer than one step of the budget (stall-free batching: Sarathi-Serve, arXiv 2403.02310). First come, first
 * served; decodes beyond the budget run all the same, and prompts wait.
 */
export const chunkedPrefillPolicy: PolicyKind<ChunkedPrefillOptions> = {
  kind: 'chunked-prefill',
  summary: 'decodes in every step, prompts in pieces that fit a token budget: no stalls',
  options: chunkedPrefillOptions,
  create: ({ budgetTokens }) => ({ plan: (state, startNs) => planChunks(state, startNs, budgetTokens) }),
}

/** One step of all decodes and of prompts up to the budget: in order of arrival, or of `rank`, begun or not. */
export function planChunks(
  state: EngineState,
  startNs: number,
  budgetTokens: number,
  rank?: (sequence: Sequence) => number,
): StepPlan | null {
  const decodes = readyToDecode(state)
  let left = Math.max(0, budgetTokens - decodes.length)
  const take = (tokens: number) => {
    const taken = Math.min(tokens, left)
    left -= taken
    return taken
  }
  const urgent = rank === undefined ? [] : admitUrgent(state, startNs, take, rank)
  const begun = continuePrefills(state, take, rank)
  const admitted = left > 0 && urgent.length === 0 ? admitWaiting(state, startNs, take) : []
  const prefills = begun.length + urgent.length > 0 ? [...urgent, ...begun, ...admitted] : admitted
  return prefills.length + decodes.length > 0 ? { prefills, decodes } : null
}

/** Those that wait and rank before every prompt that was begun. */
function admitUrgent(
  state: EngineState,
  startNs: number,
  take: TakeTokens,
  rank: (sequence: Sequence) => number,
): PrefillChunk[] {
  if (state.prefilling === 0) return []
  let first = Number.POSITIVE_INFINITY
  for (const sequence of state.running) {
    if (sequence.prefilledTokens < sequence.prefillTokens) first = Math.min(first, rank(sequence))
  }
  return admitWaiting(state, startNs, (tokens, sequence) =>
    rank(sequence) < first ? take(tokens, sequence) : 0,
  )
}
