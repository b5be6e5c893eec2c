import { MetronError } from '../../errors/metron-error.ts'
import type { Tokenizer } from '../../tokens/tokenizer.ts'
import type { CorpusReader } from './corpus-reader.ts'

/** How often the length of the corpus piece is corrected by what was counted. One or two are enough as a rule. */
const CORRECTIONS = 6

/** What is tried to gain the last tokens when corrections go in a circle. */
const LAST_RESORT = [...' .,az1xq\n!?-0b', ' a', ' the', ' and']

/** What a text is made from. */
export interface TextParts {
  /** What the text starts with; kept whole if it has at most the wanted tokens. */
  readonly head: string
  /** Tokens of the head, near enough. */
  readonly headTokens: number
  /** Corpus word that follows the head. */
  readonly startWord: number
}

export interface TextTools {
  readonly tokenizer: Tokenizer
  readonly reader: CorpusReader
  /** Adds one token each time it is appended; `null` when the tokenizer has none. */
  readonly filler: string | null
}

/**
 * Makes a text of exactly `tokens` tokens: the head, corpus words, and a few fillers at the end where words of several
 * tokens do not come out even. The result is always counted; what is kept beforehand only saves counting twice.
 *
 * Throws {@link MetronError} `unsupported` when no such text is found, which takes a tokenizer that cannot make the
 * number at all (one that adds tokens of its own to every text).
 */
export function fitText(parts: TextParts, tokens: number, tools: TextTools): string {
  const { tokenizer, reader, filler } = tools
  let wanted = tokens - parts.headTokens
  let text = ''
  for (let i = 0; i < CORRECTIONS; i++) {
    const piece = reader.take(parts.startWord, wanted)
    const missing = Math.max(wanted - piece.tokens, 0)
    text = parts.head + piece.text + (filler ?? '').repeat(missing)
    if (parts.head === '') text = text.trimStart()
    const surplus = tokenizer.count(text) - tokens
    if (surplus === 0) return text
    wanted -= surplus
  }
  return grow(shrink(text, tokens, tokenizer), tokens, tokenizer)
}

/** The longest beginning of a text with at most `tokens` tokens, if more text never has fewer tokens. */
function shrink(text: string, tokens: number, tokenizer: Tokenizer): string {
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (tokenizer.count(text.slice(0, middle)) <= tokens) low = middle
    else high = middle - 1
  }
  return text.slice(0, low)
}

function grow(start: string, tokens: number, tokenizer: Tokenizer): string {
  let text = start
  let count = tokenizer.count(text)
  while (count < tokens) {
    const longer = LAST_RESORT.map((end) => text + end).find((candidate) => {
      const reached = tokenizer.count(candidate)
      return reached > count && reached <= tokens
    })
    if (longer === undefined) break
    text = longer
    count = tokenizer.count(text)
  }
  if (count === tokens) return text
  throw new MetronError(
    'unsupported',
    `no text of exactly ${tokens} tokens by the tokenizer ${tokenizer.name}`,
    {
      hint: 'Ask for another prompt length, or use the tokenizer.json of the model under test.',
    },
  )
}
