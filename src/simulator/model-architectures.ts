/** What a model's `config.json` says, in its words, and what the name stands for. */
export interface ModelArchitecture {
  /** In names of engines, lower case. */
  readonly name: string
  /** Where the numbers are from: the `config.json` of this repository on the Hugging Face hub. */
  readonly source: string
  readonly layers: number
  readonly hiddenSize: number
  readonly intermediateSize: number
  readonly heads: number
  readonly kvHeads: number
  readonly headSize: number
  readonly vocabulary: number
  /** 0 and 0 for a dense model. */
  readonly experts: number
  readonly expertsPerToken: number
  /** Longest prompt plus answer, `max_position_embeddings`. */
  readonly contextTokens: number
  /** Parameters as published, to check the sum of the parts against. */
  readonly publishedParams: number
}

const DENSE = { experts: 0, expertsPerToken: 0, headSize: 128 }

/** All with grouped-query attention, gated feed-forward layers, 16-bit parameters and an output layer of its own. */
export const MODEL_ARCHITECTURES: readonly ModelArchitecture[] = [
  {
    ...DENSE,
    name: 'llama3-8b',
    source: 'meta-llama/Llama-3.1-8B',
    layers: 32,
    hiddenSize: 4096,
    intermediateSize: 14_336,
    heads: 32,
    kvHeads: 8,
    vocabulary: 128_256,
    contextTokens: 131_072,
    publishedParams: 8.03e9,
  },
  {
    ...DENSE,
    name: 'llama3-70b',
    source: 'meta-llama/Llama-3.1-70B',
    layers: 80,
    hiddenSize: 8192,
    intermediateSize: 28_672,
    heads: 64,
    kvHeads: 8,
    vocabulary: 128_256,
    contextTokens: 131_072,
    publishedParams: 70.6e9,
  },
  {
    name: 'mixtral-8x7b',
    source: 'mistralai/Mixtral-8x7B-Instruct-v0.1',
    layers: 32,
    hiddenSize: 4096,
    intermediateSize: 14_336,
    heads: 32,
    kvHeads: 8,
    headSize: 128,
    vocabulary: 32_000,
    experts: 8,
    expertsPerToken: 2,
    contextTokens: 32_768,
    publishedParams: 46.7e9,
  },
  {
    ...DENSE,
    name: 'yi-34b',
    source: '01-ai/Yi-34B-200K',
    layers: 60,
    hiddenSize: 7168,
    intermediateSize: 20_480,
    heads: 56,
    kvHeads: 8,
    vocabulary: 64_000,
    contextTokens: 200_000,
    publishedParams: 34.4e9,
  },
  {
    ...DENSE,
    name: 'qwen2.5-7b',
    source: 'Qwen/Qwen2.5-7B-Instruct',
    layers: 28,
    hiddenSize: 3584,
    intermediateSize: 18_944,
    heads: 28,
    kvHeads: 4,
    vocabulary: 152_064,
    contextTokens: 32_768,
    publishedParams: 7.62e9,
  },
]

/** Parameters by where they are used. The small ones (norms, biases, routers) are left out: below 0.1 % of any model. */
export interface ParamCounts {
  /** Attention, and the feed-forward layers of a dense model; all layers. */
  readonly dense: number
  /** One expert, all layers; 0 for a dense model. */
  readonly expert: number
  /** The output layer; the table of the input tokens is as large. */
  readonly head: number
  readonly total: number
}

export function countParams(model: ModelArchitecture): ParamCounts {
  const { layers, hiddenSize, heads, kvHeads, headSize, intermediateSize, experts } = model
  // Queries and output, keys and values; gate, up and down.
  const attention = hiddenSize * headSize * 2 * (heads + kvHeads)
  const feedForward = 3 * hiddenSize * intermediateSize
  const dense = layers * (attention + (experts === 0 ? feedForward : 0))
  const expert = experts === 0 ? 0 : layers * feedForward
  const head = model.vocabulary * hiddenSize
  return { dense, expert, head, total: dense + experts * expert + 2 * head }
}
