import { MetronError } from '../errors/metron-error.ts'
import type { EngineLimits } from './engine-limits.ts'
import { reservedTokens, type SimulatedRequest } from './sequence.ts'

/** Why a request can never run under `limits`, for people; `null` when it can. */
export function checkFits(request: SimulatedRequest, limits: EngineLimits): string | null {
  const tokens = reservedTokens(request)
  if (!(request.promptTokens >= 1 && request.outputTokens >= 1)) return 'prompt and answer need a token each'
  if (request.maxOutputTokens < request.outputTokens) return 'maxOutputTokens is below outputTokens'
  if (tokens > limits.contextTokens) return `${tokens} tokens exceed the context of ${limits.contextTokens}`
  if (tokens > limits.kvTokens) return `${tokens} tokens exceed the KV cache of ${limits.kvTokens}`
  return null
}

/** Throws `MetronError` `bad-config` when a request can never run. */
export function refuseUnfit(request: SimulatedRequest, limits: EngineLimits): void {
  const problem = checkFits(request, limits)
  if (problem === null) return
  throw new MetronError('bad-config', `the simulated engine can never run a request: ${problem}`, {
    hint: 'raise the limits of the simulator or shorten the request',
  })
}
