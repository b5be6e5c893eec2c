import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { encodeGguf, type GgufTensor } from './gguf-file.ts'
import { syllableVocabulary } from './syllable-vocabulary.ts'

/** The size of the model that is written. Row lengths (`embedding`, `feedForward`) must be multiples of 32. */
export interface ModelShape {
  readonly layers: number
  readonly embedding: number
  readonly feedForward: number
  readonly heads: number
  readonly kvHeads: number
  readonly contextTokens: number
}

/** About 5 million weights: fast enough for one core, slow enough for a long prompt to be felt. */
export const TINY: ModelShape = {
  layers: 4,
  embedding: 256,
  feedForward: 704,
  heads: 4,
  kvHeads: 2,
  contextTokens: 8_192,
}

const F32 = 0
const Q8_0 = 8
const BLOCK_WEIGHTS = 32
const BLOCK_BYTES = 2 + BLOCK_WEIGHTS

/** Standard deviation of the integers -127 to 127 drawn evenly. */
const QUANT_DEVIATION = Math.sqrt((255 ** 2 - 1) / 12)

/** Pseudo-random 32-bit integers (xorshift, G. Marsaglia 2003). Weights need to be spread, not of high quality. */
function randomIntegers(seed: number): () => number {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
}

/** IEEE 754 half precision of a positive number between 2^-14 and 65504, rounded to nearest. */
function toFloat16(value: number): number {
  const exponent = Math.floor(Math.log2(value))
  return ((exponent + 15) << 10) + Math.round((value / 2 ** exponent - 1) * 1024)
}

/** A tensor with random weights of the given standard deviation in q8_0: per 32 weights one f16 scale and 32 bytes. */
function randomTensor(
  next: () => number,
  name: string,
  row: number,
  rows: number,
  deviation: number,
): GgufTensor {
  const data = Buffer.alloc(((row * rows) / BLOCK_WEIGHTS) * BLOCK_BYTES)
  const scale = toFloat16(deviation / QUANT_DEVIATION)
  for (let block = 0; block < data.length; block += BLOCK_BYTES) {
    data.writeUInt16LE(scale, block)
    for (let i = 2; i < BLOCK_BYTES; i++) data[block + i] = (next() % 255) - 127
  }
  return { name, shape: [row, rows], type: Q8_0, data }
}

function onesTensor(name: string, length: number): GgufTensor {
  return { name, shape: [length], type: F32, data: new Uint8Array(new Float32Array(length).fill(1).buffer) }
}

function tensorsOf(shape: ModelShape, spoken: readonly boolean[], seed: number): GgufTensor[] {
  const next = randomIntegers(seed)
  const { embedding: d, feedForward: ff } = shape
  const kv = (d / shape.heads) * shape.kvHeads
  const weights = (name: string, row: number, rows: number, gain = 1) =>
    randomTensor(next, name, row, rows, gain / Math.sqrt(row))

  const tensors = [randomTensor(next, 'token_embd.weight', d, spoken.length, 1)]
  for (let i = 0; i < shape.layers; i++) {
    tensors.push(
      onesTensor(`blk.${i}.attn_norm.weight`, d),
      weights(`blk.${i}.attn_q.weight`, d, d),
      weights(`blk.${i}.attn_k.weight`, d, kv),
      weights(`blk.${i}.attn_v.weight`, d, kv),
      weights(`blk.${i}.attn_output.weight`, d, d),
      onesTensor(`blk.${i}.ffn_norm.weight`, d),
      weights(`blk.${i}.ffn_gate.weight`, d, ff),
      weights(`blk.${i}.ffn_up.weight`, d, ff),
      weights(`blk.${i}.ffn_down.weight`, ff, d),
    )
  }
  // Logits of deviation 3 or so make a peaked choice, as a trained model does.
  const output = weights('output.weight', d, spoken.length, 3)
  const rowBytes = (d / BLOCK_WEIGHTS) * BLOCK_BYTES
  // A row of zeros has logit 0, far below the best forty: these tokens are never sampled.
  for (const [id, may] of spoken.entries()) if (!may) output.data.fill(0, id * rowBytes, (id + 1) * rowBytes)
  return [...tensors, onesTensor('output_norm.weight', d), output]
}

/** The bytes of a LLaMA model with random weights and the syllable vocabulary. Same shape and seed, same bytes. */
export function randomLlamaGguf(shape: ModelShape = TINY, seed = 1): Buffer {
  const vocabulary = syllableVocabulary()
  const metadata = {
    'general.architecture': { string: 'llama' },
    'general.name': { string: 'metron-syllables' },
    'general.file_type': { uint32: 7 },
    'general.quantization_version': { uint32: 2 },
    'llama.context_length': { uint32: shape.contextTokens },
    'llama.embedding_length': { uint32: shape.embedding },
    'llama.block_count': { uint32: shape.layers },
    'llama.feed_forward_length': { uint32: shape.feedForward },
    'llama.rope.dimension_count': { uint32: shape.embedding / shape.heads },
    'llama.attention.head_count': { uint32: shape.heads },
    'llama.attention.head_count_kv': { uint32: shape.kvHeads },
    'llama.attention.layer_norm_rms_epsilon': { float32: 1e-5 },
    'llama.vocab_size': { uint32: vocabulary.length },
    'tokenizer.ggml.model': { string: 'llama' },
    'tokenizer.ggml.pre': { string: 'default' },
    'tokenizer.ggml.tokens': { strings: vocabulary.map((token) => token.text) },
    'tokenizer.ggml.scores': { float32s: vocabulary.map((token) => token.score) },
    'tokenizer.ggml.token_type': { int32s: vocabulary.map((token) => token.type) },
    'tokenizer.ggml.unknown_token_id': { uint32: 0 },
    'tokenizer.ggml.bos_token_id': { uint32: 1 },
    'tokenizer.ggml.eos_token_id': { uint32: 2 },
    'tokenizer.ggml.add_bos_token': { bool: true },
    'tokenizer.ggml.add_eos_token': { bool: false },
    'tokenizer.ggml.add_space_prefix': { bool: true },
  }
  return encodeGguf(
    metadata,
    tensorsOf(
      shape,
      vocabulary.map((token) => token.spoken),
      seed,
    ),
  )
}

const FOLDER = dirname(fileURLToPath(import.meta.url))

/** What the bytes of a model follow from: when one of these sources changes, a cached file is not used again. */
function sourceDigest(): string {
  const hash = createHash('sha256')
  for (const file of ['gguf-file.ts', 'syllable-vocabulary.ts', 'write-gguf.ts'])
    hash.update(readFileSync(join(FOLDER, file)))
  return hash.digest('hex').slice(0, 12)
}

/** Writes the model into the cache folder of the repository unless it lies there already, and returns its path. */
export function cachedModelPath(shape: ModelShape = TINY, seed = 1): string {
  const name = ['llama', ...Object.values(shape), `seed${seed}`, sourceDigest()].join('-')
  const path = join(FOLDER, '..', '..', '.cache', 'real-engine', `${name}.gguf`)
  if (existsSync(path)) return path
  mkdirSync(dirname(path), { recursive: true })
  // Renamed when whole: two test files may write it at the same time, and a reader must never see half of it.
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, randomLlamaGguf(shape, seed))
  renameSync(draft, path)
  return path
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, seed: { type: 'string', default: '1' } },
  })
  const seed = Number(values.seed)
  if (values.out !== undefined) writeFileSync(values.out, randomLlamaGguf(TINY, seed))
  console.log(values.out ?? cachedModelPath(TINY, seed))
}
