import type { EngineState, PrefillChunk } from './policy.ts'
import type { Sequence } from './sequence.ts'

/** How many of the tokens left to a sequence to prefill now; 0 to stop. */
export type TakeTokens = (leftTokens: number, sequence: Sequence) => number

/** The rest of prefills that were begun, in order of admission or of `rank`. */
export function continuePrefills(
  state: EngineState,
  take: TakeTokens,
  rank?: (sequence: Sequence) => number,
): PrefillChunk[] {
  if (state.prefilling === 0) return []
  const chunks: PrefillChunk[] = []
  const begun = state.running.filter((sequence) => state.prefillLeft(sequence) > 0)
  if (rank !== undefined) begun.sort((a, b) => rank(a) - rank(b))
  for (const sequence of begun) {
    const tokens = take(state.prefillLeft(sequence), sequence)
    if (tokens === 0) break
    chunks.push({ sequence, tokens })
  }
  return chunks
}

/** Admits from the head of the queue while slots, KV cache and `take` allow: who does not fit holds back those behind. */
export function admitWaiting(state: EngineState, startNs: number, take: TakeTokens): PrefillChunk[] {
  const chunks: PrefillChunk[] = []
  let slots = state.limits.maxBatch - state.running.length
  if (slots <= 0 || state.waiting.length === 0) return chunks
  let room = state.admissibleTokens
  while (slots > 0) {
    const sequence = state.waiting.at(chunks.length)
    if (sequence === undefined || sequence.arrivalNs > startNs) break
    const left = state.prefillLeft(sequence)
    room -= state.admissionTokens(sequence)
    if (room < 0) break
    const tokens = take(left, sequence)
    // Nothing is left to those whose cache is kept elsewhere: the engine itself resumes them.
    if (tokens === 0) break
    chunks.push({ sequence, tokens })
    slots--
  }
  return chunks
}

/** Running sequences whose prefill is complete. */
export function readyToDecode(state: EngineState): readonly Sequence[] {
  if (state.prefilling === 0) return state.running
  return state.running.filter((sequence) => sequence.prefilledTokens >= sequence.prefillTokens)
}
