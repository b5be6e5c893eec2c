// Writes the two tiny tokenizers that tests use, in Hugging Face format, trained here on the project's own corpus:
//   test/fixtures/tokenizer/tokenizer.json                 byte-level BPE, as GPT-2, Llama 3 and Qwen have it
//   test/fixtures/tokenizer/byte-fallback/tokenizer.json   BPE over characters with byte fallback, as Llama 2 has it
// Run with: node scripts/make-test-tokenizer.mjs
import { mkdirSync, writeFileSync } from 'node:fs'
import { CORPUS } from '../src/workload/prompts/corpus.ts'

const FOLDER = new URL('../test/fixtures/tokenizer/', import.meta.url)
const MERGES = 320
const SPACE = '\u2581'
const FOREIGN = 'Grüße aus Köln, déjà vu, 你好世界 你好, こんにちは, Привет мир 😀😀 👍🏽👍🏽 café naïve '

const GPT2_WORD = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu
const sample = CORPUS + FOREIGN.repeat(12)

mkdirSync(new URL('byte-fallback/', FOLDER), { recursive: true })
write('tokenizer.json', byteLevel())
write('byte-fallback/tokenizer.json', byteFallback())

function byteLevel() {
  const letters = byteLetters()
  const words = sample.match(GPT2_WORD).map((word) => Array.from(Buffer.from(word), (byte) => letters[byte]))
  const merges = train(words, MERGES)
  const tokens = [...letters, ...merges.map((pair) => pair.join(''))]
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [added(tokens.length, '<|endoftext|>')],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: bpe(tokens, merges, { unk_token: null, fuse_unk: false, byte_fallback: false }),
  }
}

function byteFallback() {
  const words = CORPUS.split(' ').map((word) => [SPACE, ...word])
  const merges = train(words, MERGES)
  const special = ['<unk>', '<s>', '</s>']
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${hex(byte)}>`)
  const characters = [...new Set(words.flat())].sort()
  const tokens = [...special, ...bytes, ...characters, ...merges.map((pair) => pair.join(''))]
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => added(id, content)),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: SPACE },
        { type: 'Replace', pattern: { String: ' ' }, content: SPACE },
      ],
    },
    pre_tokenizer: null,
    post_processor: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: SPACE }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: bpe(tokens, merges, { unk_token: '<unk>', fuse_unk: true, byte_fallback: true }),
  }
}

// Byte-pair training: the most frequent pair of neighbours becomes a token, ties by the order of first appearance.
function train(words, rounds) {
  const counts = new Map()
  for (const word of words) {
    const key = word.join('\0')
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const known = [...counts].map(([key, count]) => ({ parts: key.split('\0'), count }))
  const merges = []
  for (let round = 0; round < rounds; round++) {
    const pairs = new Map()
    for (const { parts, count } of known) {
      for (let i = 1; i < parts.length; i++) {
        const key = `${parts[i - 1]}\0${parts[i]}`
        pairs.set(key, (pairs.get(key) ?? 0) + count)
      }
    }
    const [best] = [...pairs].reduce((top, pair) => (pair[1] > top[1] ? pair : top))
    const [left, right] = best.split('\0')
    merges.push([left, right])
    for (const word of known) word.parts = merge(word.parts, left, right)
  }
  return merges
}

function merge(parts, left, right) {
  const merged = []
  for (const part of parts) {
    if (part === right && merged.at(-1) === left) merged[merged.length - 1] = left + right
    else merged.push(part)
  }
  return merged
}

function bpe(tokens, merges, options) {
  return {
    type: 'BPE',
    dropout: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    ignore_merges: false,
    ...options,
    vocab: Object.fromEntries([...new Set(tokens)].map((token, id) => [token, id])),
    merges,
  }
}

// The letters that byte-level vocabularies spell bytes with: printable bytes as themselves, others from U+0100 on.
function byteLetters() {
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173)
    return String.fromCharCode(isPrintable ? byte : next++)
  })
}

function added(id, content) {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
}

function hex(byte) {
  return byte.toString(16).toUpperCase().padStart(2, '0')
}

function write(name, tokenizer) {
  writeFileSync(new URL(name, FOLDER), `${JSON.stringify(tokenizer)}\n`)
}
