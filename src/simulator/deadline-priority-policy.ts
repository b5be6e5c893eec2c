import * as z from 'zod'
import { planChunks } from './chunked-prefill-policy.ts'
import type { PolicyKind } from './policy.ts'
import type { Sequence } from './sequence.ts'

export const deadlinePriorityOptions = z.strictObject({
  kind: z.literal('deadline-priority'),
  budgetTokens: z.int().min(1).default(2048).describe('Tokens in one step, as in chunked-prefill'),
  ttftDeadlineNs: z
    .number()
    .nonnegative()
    .default(1e9)
    .describe('When the first token is due after the arrival, for requests that do not say'),
  promptTokenNs: z
    .number()
    .nonnegative()
    .default(0)
    .describe('How much later for each token of the prompt; above 0, short prompts overtake long ones'),
})

export type DeadlinePriorityOptions = z.output<typeof deadlinePriorityOptions>

/**
 * Chunked prefill in which the prompt whose first token is due earliest comes first: in the queue, and for the pieces in
 * a step, so that an urgent request also overtakes a long prompt that was begun. Deadlines that are past still count:
 * nobody is dropped, and everybody's turn comes.
 */
export const deadlinePriorityPolicy: PolicyKind<DeadlinePriorityOptions> = {
  kind: 'deadline-priority',
  summary: 'chunked prefill by earliest deadline of the first token',
  options: deadlinePriorityOptions,
  create({ budgetTokens, ttftDeadlineNs, promptTokenNs }) {
    const deadlineNs = ({ request, arrivalNs }: Sequence) =>
      arrivalNs + (request.ttftDeadlineNs ?? ttftDeadlineNs + promptTokenNs * request.promptTokens)
    return {
      plan: (state, startNs) => planChunks(state, startNs, budgetTokens, deadlineNs),
      deadlineNs,
    }
  },
}
