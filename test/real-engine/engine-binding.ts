/**
 * The part of `node-llama-cpp` the server uses. Declared here because the package is installed only in this folder, and the
 * rest of the repository must type-check without it.
 */
export interface EngineBinding {
  getLlama(options: {
    gpu: false
    build: 'never'
    maxThreads: number
    skipDownload: boolean
    logLevel: string
  }): Promise<{ loadModel(options: { modelPath: string; gpuLayers: number }): Promise<BoundModel> }>
}

export interface BoundModel {
  readonly tokens: { readonly bos: number | null }
  tokenize(text: string, specialTokens: boolean): number[]
  detokenize(tokens: readonly number[], specialTokens: boolean, lastTokens: readonly number[]): string
  createContext(options: {
    sequences: number
    contextSize: number
    batchSize: number
    threads: number
    flashAttention: boolean
  }): Promise<{ getSequence(): BoundSequence }>
}

/** A slot of the engine: one text at a time, decoded in a common batch with the other slots. */
export interface BoundSequence {
  clearHistory(): Promise<void>
  evaluateWithoutGeneratingNewTokens(tokens: readonly number[]): Promise<void>
  evaluate(
    tokens: readonly number[],
    options: { temperature: number; seed: number; yieldEogToken: boolean },
  ): AsyncGenerator<number, void>
}
