import type { RandomStream } from '../../numerics/random-stream.ts'
import type { Tokenizer } from '../../tokens/tokenizer.ts'
import { CORPUS } from './corpus.ts'
import { tokensOfWords } from './tokens-of-words.ts'

/** The words that make a prompt start like no other. */
export interface Salt {
  /** Number of words after which every id below 2^32 has had its own salt. */
  readonly words: number
  /** The first `words` words of the salt of `id`, joined by spaces. */
  of(id: number, words: number): string
}

const MOST_CHOICES = 256
const FEWEST_CHOICES = 16

/**
 * Makes salts of cheap words, one token each where the vocabulary has them.
 *
 * The id is sent through a seeded one-to-one map of 32-bit numbers and written in words as digits, lowest first. So
 * salts of different ids differ, any 256 consecutive ids differ in the first word already (with 256 choices), any
 * 65,536 in the first two, and an unrelated seed gives unrelated salts.
 *
 * @param opensText Whether the salt is the beginning of the text, where words cost other tokens than after a space.
 */
export function createSalt(tokenizer: Tokenizer, random: RandomStream, opensText: boolean): Salt {
  const candidates = [...new Set(CORPUS.match(/\b[a-z]{3,9}\b/g)), ...'abcdefghijklmnopqrstuvwxyz']
  const later = cheapest(candidates, tokensOfWords(candidates, tokenizer))
  const first = opensText
    ? cheapest(
        candidates,
        candidates.map((word) => tokenizer.count(word)),
      )
    : later
  const factor = (Math.floor(random.uniform() * 2 ** 31) * 2 + 1) | 0
  const shift = Math.floor(random.uniform() * 2 ** 32)
  return {
    words: 1 + Math.ceil((32 - Math.log2(first.length)) / Math.log2(later.length)),
    of: (id, words) => {
      let rest = (Math.imul(id, factor) + shift) >>> 0
      const parts: string[] = []
      for (let i = 0; i < words; i++) {
        const choices = i === 0 ? first : later
        parts.push(choices[rest % choices.length]!)
        rest = Math.floor(rest / choices.length)
      }
      return parts.join(' ')
    },
  }
}

/** The words of fewest tokens: 256 or the next smaller power of two that exists, but 16 at least. */
function cheapest(words: readonly string[], costs: ArrayLike<number>): string[] {
  const order = [...words.keys()].filter((i) => costs[i]! > 0).sort((a, b) => costs[a]! - costs[b]!)
  const least = costs[order[0] ?? 0]!
  const equal = order.filter((i) => costs[i] === least).length
  const choices = 2 ** Math.floor(Math.log2(Math.min(Math.max(equal, FEWEST_CHOICES), MOST_CHOICES)))
  return order.slice(0, choices).map((i) => words[i]!)
}
