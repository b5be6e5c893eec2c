import * as z from 'zod'
import type { EngineState, PolicyKind, PrefillChunk, StepPlan } from './policy.ts'
import { reservedTokens } from './sequence.ts'

export const prefillFirstOptions = z.strictObject({
  kind: z.literal('prefill-first').default('prefill-first'),
  budgetTokens: z
    .int()
    .min(1)
    .default(8192)
    .describe('Prompt tokens that may share a prefill step; a longer prompt gets a step of its own'),
})

export type PrefillFirstOptions = z.output<typeof prefillFirstOptions>

/**
 * Prefills come first and alone: whenever a waiting request fits, the next step is a prefill, and all decodes stand
 * still while it lasts (a generation stall). Several whole prompts share a step up to the token budget. Strictly first
 * come, first served: a request that does not fit holds back those behind it.
 */
export const prefillFirstPolicy: PolicyKind<PrefillFirstOptions> = {
  kind: 'prefill-first',
  summary: 'iteration-level batching in which a prefill stalls the decodes beside it',
  options: prefillFirstOptions,
  create: ({ budgetTokens }) => ({
    plan(state, startNs): StepPlan | null {
      const prefills = admit(state, startNs, budgetTokens)
      if (prefills.length > 0) return { prefills, decodes: [] }
      return state.running.length > 0 ? { prefills, decodes: state.running } : null
    },
  }),
}

function admit(state: EngineState, startNs: number, budgetTokens: number): PrefillChunk[] {
  const prefills: PrefillChunk[] = []
  let slots = state.limits.maxBatch - state.running.length
  let kvTokens = state.kvFreeTokens
  let tokens = 0
  while (slots > 0) {
    const sequence = state.waiting.at(prefills.length)
    if (sequence === undefined || sequence.arrivalNs > startNs) break
    const { promptTokens } = sequence.request
    kvTokens -= reservedTokens(sequence.request)
    tokens += promptTokens
    if (kvTokens < 0 || (tokens > budgetTokens && prefills.length > 0)) break
    prefills.push({ sequence, tokens: promptTokens })
    slots--
  }
  return prefills
}
