import * as z from 'zod'
import { admitWaiting, continuePrefills } from './plan-prefills.ts'
import type { PolicyKind, StepPlan } from './policy.ts'

export const staticBatchingOptions = z.strictObject({
  kind: z.literal('static-batching'),
})

export type StaticBatchingOptions = z.output<typeof staticBatchingOptions>

/**
 * Request-level batching: the engine takes the requests that wait, as many as fit, and works on these until the last of
 * them has its last token; only then it takes the next. Whoever comes meanwhile waits for the longest answer. A slot
 * that is done costs nothing more here, while engines that pad the batch pay for it.
 */
export const staticBatchingPolicy: PolicyKind<StaticBatchingOptions> = {
  kind: 'static-batching',
  summary: 'request-level batching: a batch runs to its last token before others enter',
  options: staticBatchingOptions,
  create: () => ({
    plan(state, startNs): StepPlan | null {
      const whole = (left: number) => left
      const prefills =
        state.running.length > 0 ? continuePrefills(state, whole) : admitWaiting(state, startNs, whole)
      if (prefills.length > 0) return { prefills, decodes: [] }
      return state.running.length > 0 ? { prefills, decodes: state.running } : null
    },
  }),
}
