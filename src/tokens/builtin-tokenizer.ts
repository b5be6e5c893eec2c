import type { Tokenizer } from './tokenizer.ts'

/** Special tokens are text like any other: a model may well write `<|endoftext|>` in an answer. */
const AS_TEXT = { disallowedSpecial: new Set<string>() }

/**
 * Where text is cut before it is encoded: around U+FEFF, which the library loses inside a longer piece, and inside
 * runs of 1,000 characters without a change between space and non-space, whose merging takes quadratic time.
 */
const CUTS = /\uFEFF|\S{1000}(?=\S)|\s{1000}(?=\s)/gu

/**
 * Loads the tokenizer that needs no file and no network: o200k_base, a byte-level BPE with 199,998 tokens. It counts
 * exactly for models that use this vocabulary and approximately for others; `loadHuggingFaceTokenizer` is exact for
 * any model whose tokenizer.json is at hand. The vocabulary (about 0.3 s, 30 MB) is loaded on the first call.
 *
 * No text throws: special tokens are encoded as the characters they are written with, lone surrogates as U+FFFD.
 * `decode` gives U+FFFD for ids that are not in the vocabulary and for bytes that are not UTF-8.
 */
export async function loadBuiltinTokenizer(): Promise<Tokenizer> {
  const [encoding, { default: vocabulary }] = await Promise.all([
    import('gpt-tokenizer/encoding/o200k_base'),
    import('gpt-tokenizer/bpeRanks/o200k_base'),
  ])
  const bytesOf = (id: number) => Buffer.from(vocabulary[id] ?? '\uFFFD')
  return {
    name: 'builtin (o200k_base)',
    encode: (text) => {
      const parts = cutText(text).map((part) => encoding.encode(part, AS_TEXT))
      return parts.length === 1 ? parts[0]! : parts.flat()
    },
    // Not the library's decode: its decoder keeps the bytes of an unfinished character for the next call.
    decode: (ids) => Buffer.concat(ids.map(bytesOf)).toString(),
    count: (text) => cutText(text).reduce((sum, part) => sum + encoding.countTokens(part, AS_TEXT), 0),
    byteLength: (id) => {
      const token = vocabulary[id]
      return typeof token === 'string' ? Buffer.byteLength(token) : token?.length
    },
  }
}

function cutText(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (const match of text.matchAll(CUTS)) {
    const to = match.index + match[0].length
    if (match[0] === '\uFEFF') parts.push(text.slice(from, match.index), match[0])
    else parts.push(text.slice(from, to))
    from = to
  }
  parts.push(text.slice(from))
  return parts
}
