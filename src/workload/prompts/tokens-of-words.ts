import { tokenOffsets } from '../../tokens/token-offsets.ts'
import type { Tokenizer } from '../../tokens/tokenizer.ts'

/**
 * Tokens of each word where it stands inside a text of these words with one space between them, the space counted with
 * the word that follows. The last word stands before the first one too, so that the words can be read in a circle.
 *
 * One pass over the whole text, which is far faster than to tokenise each word.
 *
 * @returns One count per word, each >= 0 (a tokenizer may join words); empty for no words.
 */
export function tokensOfWords(words: readonly string[], tokenizer: Tokenizer): Uint32Array {
  const counts = new Uint32Array(words.length)
  if (words.length === 0) return counts
  const text = `${words.at(-1)} ${words.join(' ')}`
  let end = words.at(-1)!.length
  let word = -1
  for (const offset of tokenOffsets(text, tokenizer.encode(text), tokenizer)) {
    while (offset >= end && word < words.length - 1) end += 1 + words[++word]!.length
    if (word >= 0) counts[word]! += 1
  }
  return counts
}
