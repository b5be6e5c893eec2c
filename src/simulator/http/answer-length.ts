import type { RandomStream } from '../../numerics/random-stream.ts'
import type { FinishReason } from './wire-format.ts'

export interface AnswerLengthOptions {
  readonly maxTokens: number
  readonly minTokens: number
  /** Chance that the model ends the answer at any place after `minTokens`. */
  readonly eosProbability: number
  readonly ignoreEos: boolean
}

/** How long an answer will be and why it will end there; at least 1 token. Draws one number. */
export function drawAnswerLength(
  options: AnswerLengthOptions,
  random: RandomStream,
): { readonly tokens: number; readonly reason: FinishReason } {
  const { maxTokens, minTokens, eosProbability, ignoreEos } = options
  const uniform = random.uniform()
  if (ignoreEos || eosProbability === 0) return { tokens: maxTokens, reason: 'length' }
  const beforeEos = Math.floor(Math.log1p(-uniform) / Math.log1p(-eosProbability))
  const tokens = Math.max(1, minTokens + beforeEos)
  return tokens < maxTokens ? { tokens, reason: 'stop' } : { tokens: maxTokens, reason: 'length' }
}
