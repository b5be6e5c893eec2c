const CONSONANTS = [...'bdfgklmnpst']
const VOWELS = [...'aeiou']
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const SPACE = '\u2581'
const SIZE = 4_096

const TOKEN_TYPE = { normal: 1, unknown: 2, control: 3, unused: 5, byte: 6 } as const

const SYLLABLES = CONSONANTS.flatMap((consonant) => VOWELS.map((vowel) => consonant + vowel))

/** Every word of the language: two syllables, `baba` to `tutu`, 3,025 of them. Each is one token with the space before it. */
export const WORDS: readonly string[] = SYLLABLES.flatMap((first) =>
  SYLLABLES.map((second) => first + second),
)

/** One token of the vocabulary; its id is its place in the list. */
export interface VocabularyToken {
  readonly text: string
  /** Merge priority: of two possible merges the tokenizer takes the one with the higher score. */
  readonly score: number
  /** Token type number of the GGUF specification. */
  readonly type: number
  /** Whether the model may say it. Only whole words are: then a text of n words is n tokens, read and written. */
  readonly spoken: boolean
}

function token(text: string, type: number, score: number, spoken = false): VocabularyToken {
  return { text, type, score, spoken }
}

/**
 * A SentencePiece-style vocabulary of 4,096 tokens: unknown, begin and end, the 256 bytes, the letters, all pairs of letters,
 * syllables after a space, and whole words.
 *
 * Merging climbs letter, syllable, space + syllable, space + word, so `" bake lomu"` is two tokens. Other text works too:
 * lower-case English takes about one token for two letters, everything else one token a byte.
 */
export function syllableVocabulary(): VocabularyToken[] {
  const isSyllable = new Set(SYLLABLES)
  const pairs = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
  const tokens = [
    token('<unk>', TOKEN_TYPE.unknown, 0),
    token('<s>', TOKEN_TYPE.control, 0),
    token('</s>', TOKEN_TYPE.control, 0),
    ...Array.from({ length: 256 }, (_, byte) =>
      token(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, TOKEN_TYPE.byte, 0),
    ),
    ...[SPACE, ...LETTERS].map((text) => token(text, TOKEN_TYPE.normal, -5)),
    ...pairs.map((text) => token(text, TOKEN_TYPE.normal, isSyllable.has(text) ? -1 : -4)),
    ...SYLLABLES.map((text) => token(SPACE + text, TOKEN_TYPE.normal, -2)),
    ...WORDS.map((text) => token(SPACE + text, TOKEN_TYPE.normal, -3, true)),
  ]
  while (tokens.length < SIZE) tokens.push(token(`<unused${tokens.length}>`, TOKEN_TYPE.unused, 0))
  return tokens
}
