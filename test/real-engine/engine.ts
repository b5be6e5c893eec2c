import type { BoundModel } from './engine-binding.ts'
import { loadEngineBinding } from './engine-packages.ts'
import { Slots } from './slots.ts'
import { WORDS } from './syllable-vocabulary.ts'

export interface EngineOptions {
  readonly modelPath: string
  readonly slots: number
  /** Most prompt tokens in one pass through the model. A prompt that fits whole makes every decoding stream wait for it. */
  readonly batchTokens: number
  /** Longest prompt and answer together, for each slot. */
  readonly contextTokens: number
}

export interface GenerateRequest {
  readonly promptTokens: readonly number[]
  readonly maxTokens: number
  readonly temperature: number
  readonly seed: number
  readonly signal: AbortSignal
}

/** What the engine says while it works on one request. */
export type EngineEvent =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'finished'; readonly timings: EngineTimings }

/** The engine's own account of one request, in milliseconds: the truth a client's measurement can be held against. */
export interface EngineTimings {
  readonly queue_ms: number
  readonly prompt_n: number
  readonly prompt_ms: number
  readonly predicted_n: number
  readonly predicted_ms: number
}

const LOOK_BACK_TOKENS = 4
const KEPT_TIMINGS = 1_000

/** A language model on one CPU thread with several slots decoded in a common batch. */
export class Engine {
  readonly slots: Slots
  readonly contextTokens: number
  /** Accounts of the last requests that were answered to the end, in that order. */
  readonly finished: EngineTimings[] = []
  readonly #batchTokens: number
  readonly #model: BoundModel

  private constructor(model: BoundModel, slots: Slots, options: EngineOptions) {
    this.#model = model
    this.slots = slots
    this.contextTokens = options.contextTokens
    this.#batchTokens = options.batchTokens
  }

  /** Loads the model and answers two requests, because an engine's first ones are far slower than all later ones. */
  static async start(options: EngineOptions): Promise<Engine> {
    const { getLlama } = await loadEngineBinding()
    // One thread: with two on two cores each waits for the other in a busy loop, and the client is starved.
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      maxThreads: 1,
      logLevel: 'error',
    })
    const model = await llama.loadModel({ modelPath: options.modelPath, gpuLayers: 0 })
    const context = await model.createContext({
      sequences: options.slots,
      contextSize: options.contextTokens,
      // Room for the decoding slots beside a full piece of a prompt.
      batchSize: options.batchTokens + options.slots,
      threads: 1,
      flashAttention: true,
    })
    const sequences = Array.from({ length: options.slots }, () => context.getSequence())
    const engine = new Engine(model, new Slots(sequences), options)
    for (const words of [16, 256]) {
      const request = { maxTokens: 16, temperature: 1, seed: 1, signal: new AbortController().signal }
      const promptTokens = engine.tokenize(WORDS.slice(0, words).join(' '))
      for await (const _ of engine.generate({ ...request, promptTokens }));
    }
    engine.finished.length = 0
    return engine
  }

  /** The model's tokens of a text, with the begin token in front. */
  tokenize(text: string): number[] {
    const { bos } = this.#model.tokens
    return [...(bos === null ? [] : [bos]), ...this.#model.tokenize(text, false)]
  }

  /** Waits for a slot, reads the prompt and says exactly `maxTokens` tokens, end-of-text or not, or until the client leaves. */
  async *generate(request: GenerateRequest): AsyncGenerator<EngineEvent, void> {
    const { promptTokens, maxTokens, temperature, seed, signal } = request
    const arrivedAt = performance.now()
    const slot = await this.slots.take(signal)
    try {
      signal.throwIfAborted()
      yield { kind: 'admitted' }
      const admittedAt = performance.now()
      let firstAt = admittedAt
      // Piece by piece: given a whole prompt, the engine reads it to its end before any other slot gets a turn.
      let read = 0
      for (; promptTokens.length - read > this.#batchTokens; read += this.#batchTokens) {
        await slot.evaluateWithoutGeneratingNewTokens(promptTokens.slice(read, read + this.#batchTokens))
        signal.throwIfAborted()
      }
      const said: number[] = []
      for await (const token of slot.evaluate(promptTokens.slice(read), {
        temperature,
        seed,
        yieldEogToken: true,
      })) {
        if (signal.aborted) return
        if (said.length === 0) firstAt = performance.now()
        const text = this.#model.detokenize(
          [token],
          false,
          said.length > 0 ? said.slice(-LOOK_BACK_TOKENS) : promptTokens,
        )
        said.push(token)
        yield { kind: 'token', text }
        if (said.length === maxTokens) break
      }
      const timings = {
        queue_ms: admittedAt - arrivedAt,
        prompt_n: promptTokens.length,
        prompt_ms: firstAt - admittedAt,
        predicted_n: said.length,
        predicted_ms: performance.now() - firstAt,
      }
      this.finished.push(timings)
      if (this.finished.length > KEPT_TIMINGS) this.finished.shift()
      yield { kind: 'finished', timings }
    } finally {
      await this.slots.release(slot)
    }
  }
}
