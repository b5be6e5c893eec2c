import { ANSWER_WORDS } from './answer-words.ts'

/**
 * The text of token `index` of an answer: a space and a word that is one token of the built-in tokenizer, so that
 * tokenising the joined text again gives back the number of tokens. ASCII, nothing in it needs escaping in JSON.
 * A pure function of its arguments.
 *
 * @param seed 32-bit integer, the answer's own
 */
export function tokenText(seed: number, index: number): string {
  return SPACED_WORDS[mix(seed, index) % SPACED_WORDS.length]!
}

/** The id of a text that `tokenText` gave: its place in the simulated model's vocabulary; -1 for any other text. */
export function tokenId(text: string): number {
  return IDS.get(text) ?? -1
}

const SPACED_WORDS = ANSWER_WORDS.map((word) => ` ${word}`)
const IDS: ReadonlyMap<string, number> = new Map(SPACED_WORDS.map((text, id) => [text, id]))

/** Finaliser of MurmurHash3 over both numbers, so that neighbours differ. */
function mix(seed: number, index: number): number {
  let hash = Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
