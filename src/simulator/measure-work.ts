import type { StepPlan } from './policy.ts'
import type { StepWork } from './step-model.ts'

/** What a planned step has to compute. Reads the sequences as they are before the step. */
export function measureWork(plan: StepPlan): StepWork {
  let prefillTokens = 0
  let prefillPairs = 0
  let contextTokens = 0
  for (const { sequence, tokens } of plan.prefills) {
    prefillTokens += tokens
    prefillPairs += tokens * sequence.prefilledTokens + (tokens * (tokens + 1)) / 2
  }
  for (const { request, emittedTokens } of plan.decodes) contextTokens += request.promptTokens + emittedTokens
  return { prefillTokens, prefillPairs, decodeSequences: plan.decodes.length, contextTokens }
}
