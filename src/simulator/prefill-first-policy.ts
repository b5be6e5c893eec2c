import * as z from 'zod'
import { admitWaiting, continuePrefills } from './plan-prefills.ts'
import type { PolicyKind, StepPlan } from './policy.ts'

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
      let tokens = 0
      const whole = (left: number) => {
        if (tokens > 0 && tokens + left > budgetTokens) return 0
        tokens += left
        return left
      }
      const begun = continuePrefills(state, whole)
      const prefills = begun.length > 0 ? begun : admitWaiting(state, startNs, whole)
      if (prefills.length > 0) return { prefills, decodes: [] }
      return state.running.length > 0 ? { prefills, decodes: state.running } : null
    },
  }),
}
