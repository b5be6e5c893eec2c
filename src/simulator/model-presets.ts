import type { EngineLimits } from './engine-limits.ts'
import type { LinearStepOptions } from './linear-step-model.ts'

/** A named engine: what its steps cost and what it holds. */
export interface ModelPreset {
  /** Also the model's id in the HTTP server. */
  readonly name: string
  readonly summary: string
  readonly step: LinearStepOptions
  readonly limits: EngineLimits
}

/**
 * The built-in engines, the default first. Chosen to have the shape of real ones, not to stand for a product: a step
 * costs about the time to read the weights once, a prompt about its matrix products at half of the peak.
 */
export const MODEL_PRESETS: readonly ModelPreset[] = [
  {
    name: 'sim:default',
    summary: 'like 8 B parameters on one 80 GB accelerator: 12 ms a step, 12,000 prompt tokens/s',
    step: {
      baseNs: 11_200_000,
      prefillTokenNs: 80_000,
      prefillPairNs: 3,
      sequenceNs: 20_000,
      contextTokenNs: 80,
    },
    limits: { maxBatch: 256, kvTokens: 400_000, contextTokens: 131_072, maxQueue: null },
  },
  {
    name: 'sim:fast',
    summary: 'like 1 B parameters on a recent accelerator: 3 ms a step, 80,000 prompt tokens/s',
    step: {
      baseNs: 2_800_000,
      prefillTokenNs: 12_000,
      prefillPairNs: 0.5,
      sequenceNs: 5_000,
      contextTokenNs: 10,
    },
    limits: { maxBatch: 512, kvTokens: 2_000_000, contextTokens: 131_072, maxQueue: null },
  },
  {
    name: 'sim:slow',
    summary: 'like 70 B parameters on a few accelerators: 45 ms a step, 2,500 prompt tokens/s',
    step: {
      baseNs: 44_000_000,
      prefillTokenNs: 400_000,
      prefillPairNs: 10,
      sequenceNs: 60_000,
      contextTokenNs: 200,
    },
    limits: { maxBatch: 64, kvTokens: 120_000, contextTokens: 32_768, maxQueue: null },
  },
]
