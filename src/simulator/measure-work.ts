import type { StepPlan } from './policy.ts'
import type { Sequence } from './sequence.ts'
import type { StepWork } from './step-model.ts'

/** What a planned step has to compute. Reads the sequences as they are before the step. */
export function measureWork(plan: StepPlan, draftTokens: number): StepWork {
  let prefillTokens = 0
  let prefillPairs = 0
  let prefillContextTokens = 0
  for (const { sequence, tokens } of plan.prefills) {
    prefillTokens += tokens
    prefillPairs += tokens * sequence.prefilledTokens + (tokens * (tokens + 1)) / 2
    prefillContextTokens += sequence.prefilledTokens
  }
  const { decodes } = plan
  let contextTokens = 0
  let decodeTokens = decodes.length
  let draftPairs = 0
  for (const sequence of decodes) {
    const context = sequence.request.promptTokens + sequence.emittedTokens
    contextTokens += context
    if (draftTokens === 0) continue
    const drafts = draftsOf(sequence, draftTokens)
    decodeTokens += drafts
    draftPairs += drafts * context + (drafts * (drafts + 1)) / 2
  }
  return {
    prefillTokens,
    prefillPairs,
    prefillSequences: plan.prefills.length,
    prefillContextTokens,
    decodeSequences: decodes.length,
    decodeTokens,
    decodePairs: contextTokens + draftPairs,
    contextTokens,
  }
}

/** Tokens that are drafted for a decoding sequence: never more than its answer may still need. */
export function draftsOf({ request, emittedTokens }: Sequence, draftTokens: number): number {
  return Math.max(0, Math.min(draftTokens, request.maxOutputTokens - emittedTokens - 1))
}
