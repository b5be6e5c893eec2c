import { MetronError } from '../errors/metron-error.ts'
import type { EngineState, StepPlan } from './policy.ts'

/**
 * Makes sure that a policy keeps the rules of the engine, so that a wrong policy is an error and not a wrong result.
 * Throws `MetronError` `run-failed`.
 */
export function checkPlan(plan: StepPlan, state: EngineState, startNs: number): void {
  let kvTokens = state.kvFreeTokens
  let slots = state.limits.maxBatch - state.running.length
  if (plan.prefills.length + plan.decodes.length === 0) broken('planned an empty step')
  for (const sequence of plan.decodes) {
    if (sequence.prefilledTokens < sequence.prefillTokens || sequence.state !== 'running')
      broken('decoded before the prefill ended')
  }
  for (const { sequence, tokens } of plan.prefills) {
    if (sequence.state !== 'running' && sequence.state !== 'waiting')
      broken('prefilled a sequence that has left')
    if (!(tokens >= 1 && tokens <= state.prefillLeft(sequence)))
      broken('prefilled no token or more than the prompt has')
    if (sequence.state === 'running') continue
    if (sequence.arrivalNs > startNs) broken('admitted a request that had not arrived')
    kvTokens -= state.admissionTokens(sequence)
    if (--slots < 0) broken('admitted more sequences than maxBatch')
    if (kvTokens < 0) broken('admitted more tokens than the KV cache holds')
  }
}

function broken(what: string): never {
  throw new MetronError('run-failed', `the simulator's policy ${what}`, {
    hint: 'this is a bug of the policy',
  })
}
