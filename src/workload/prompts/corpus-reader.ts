import { MetronError } from '../../errors/metron-error.ts'
import type { Tokenizer } from '../../tokens/tokenizer.ts'
import { CORPUS } from './corpus.ts'
import { tokensOfWords } from './tokens-of-words.ts'

/** Whole words of the corpus; `text` starts with a space unless it is empty. */
export interface CorpusPiece {
  readonly text: string
  /** Tokens of the text where it stands in the corpus: exact inside a text for most tokenizers, near for all. */
  readonly tokens: number
}

/** Cuts pieces of a wanted number of tokens from the corpus, which is read in a circle. */
export interface CorpusReader {
  /** Index of the word that begins a sentence, chosen by a number in [0, 1). */
  sentenceAt(fraction: number): number
  /** The most words from `startWord` on that have at most `tokens` tokens; empty for `tokens` <= 0. */
  take(startWord: number, tokens: number): CorpusPiece
}

/**
 * Measures the corpus by a tokenizer, once, so that a piece of any length is then two cuts of a string.
 *
 * Throws {@link MetronError} `unsupported` when the tokenizer finds no tokens in English text.
 */
export function createCorpusReader(tokenizer: Tokenizer): CorpusReader {
  const words = CORPUS.split(' ')
  const counts = tokensOfWords(words, tokenizer)
  const charsBefore = runningSum(words.map((word) => 1 + word.length))
  const tokensBefore = runningSum(counts)
  const lap = tokensBefore[words.length]!
  if (lap === 0) {
    throw new MetronError('unsupported', `the tokenizer ${tokenizer.name} finds no tokens in English text`, {
      hint: 'Use the tokenizer.json of the model under test.',
    })
  }
  const spaced = ` ${CORPUS}`
  const sentences = [...words.keys()].filter((i) => i === 0 || /[.?!]$/.test(words[i - 1]!))
  return {
    sentenceAt: (fraction) => sentences[Math.floor(fraction * sentences.length)]!,
    take: (startWord, tokens) => {
      if (tokens <= 0) return { text: '', tokens: 0 }
      const reach = tokensBefore[startWord]! + tokens
      const laps = Math.floor(reach / lap)
      const endWord = lastAtMost(tokensBefore, reach - laps * lap)
      const start = charsBefore[startWord]!
      const end = charsBefore[endWord]!
      const text =
        laps === 0
          ? spaced.slice(start, end)
          : spaced.slice(start) + spaced.repeat(laps - 1) + spaced.slice(0, end)
      return { text, tokens: laps * lap + tokensBefore[endWord]! - tokensBefore[startWord]! }
    },
  }
}

/** Sums before each entry and after the last: one entry more than given, from 0. */
function runningSum(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!
  return sums
}

/** Index of the last entry that is at most `limit`; the first entry is 0 and `limit` is never below it. */
function lastAtMost(sorted: Float64Array, limit: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (sorted[middle]! <= limit) low = middle
    else high = middle - 1
  }
  return low
}
