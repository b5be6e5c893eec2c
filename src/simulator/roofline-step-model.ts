import * as z from 'zod'
import type { StepModelKind } from './step-model.ts'

const count = z.number().nonnegative()
const positive = z.number().positive()
const efficiency = z.number().positive().max(1)

/** Everything that the roofline step model knows of a model, its accelerators and how well they are used. */
export const rooflineStepOptions = z.strictObject({
  layers: count.describe('Layers of the model'),
  hiddenSize: count.describe('Width of the activations that accelerators exchange'),
  attentionSize: count.describe('Query heads times the size of one'),
  denseParams: count.describe('Parameters that every token passes, all layers; no experts, no vocabulary'),
  expertParams: count.describe('Parameters of one expert, all layers; 0 for a dense model'),
  experts: count.describe('Experts in a layer; 0 for a dense model'),
  expertsPerToken: count.describe('Experts that a token passes in a layer'),
  headParams: count.describe('Parameters of the output layer: vocabulary times width'),
  paramBytes: positive.describe('Bytes of one parameter'),
  kvTokenBytes: count.describe('Bytes of the keys and values of one token, all layers'),
  kvShards: positive.describe('Accelerators over which keys and values can be split: at most one a KV head'),
  accelerators: z.int().min(1).describe('Accelerators that share each layer (tensor parallelism)'),
  peakFlopsPerSec: positive.describe('Peak of one accelerator'),
  bandwidthBytesPerSec: positive.describe('Memory bandwidth of one accelerator'),
  linkBytesPerSec: positive.describe('Bandwidth between accelerators, one direction'),
  gemmEfficiency: efficiency.describe('Share of the peak that matrix products reach'),
  attentionEfficiency: efficiency.describe('Share of the peak that attention over a prompt reaches'),
  bandwidthEfficiency: efficiency.describe('Share of the memory bandwidth that is reached'),
  allReduceNs: count.describe('Latency of one exchange between accelerators, two a layer'),
  overheadNs: count.describe('Every step: scheduling, launching, sampling'),
})

export type RooflineStepOptions = z.output<typeof rooflineStepOptions>

/**
 * A step takes what is slower, computing or moving bytes, plus exchanges between accelerators and a fixed overhead:
 *
 *     compute = 2 (dense + k expert) tokens + 2 head rows   over  peak x gemm efficiency
 *             + 4 layers attention-size pairs               over  peak x attention efficiency
 *     memory  = parameter bytes read once + KV bytes read and written   over  bandwidth x efficiency
 *     step    = max(compute, memory) + 2 layers (latency + 2 (t - 1) / t x activation bytes / link) + overhead
 *
 * `t` accelerators divide computing and memory. Of a mixture of experts, a step reads those that at least one of its
 * tokens is sent to, evenly at random: `E (1 - (1 - k/E)^tokens)` of `E`. One `rows` is a sequence that gets logits.
 */
export const rooflineStepModel: StepModelKind<RooflineStepOptions> = {
  kind: 'roofline',
  summary: 'the slower of computing and moving bytes on given accelerators, for a given model',
  options: rooflineStepOptions,
  create(options) {
    const { accelerators, layers, experts, expertsPerToken, paramBytes } = options
    const flopsPerNs = (options.peakFlopsPerSec * accelerators) / 1e9
    const tokenNs =
      (2 * (options.denseParams + expertsPerToken * options.expertParams)) /
      (flopsPerNs * options.gemmEfficiency)
    const rowNs = (2 * options.headParams) / (flopsPerNs * options.gemmEfficiency)
    const pairNs = (4 * layers * options.attentionSize) / (flopsPerNs * options.attentionEfficiency)
    const bytesPerNs = (options.bandwidthBytesPerSec * options.bandwidthEfficiency) / 1e9
    const weightsNs = ((options.denseParams + options.headParams) * paramBytes) / (bytesPerNs * accelerators)
    const expertNs = (options.expertParams * paramBytes) / (bytesPerNs * accelerators)
    const kvTokenNs = options.kvTokenBytes / (bytesPerNs * options.kvShards)
    const untouched = experts > 0 ? 1 - expertsPerToken / experts : 0
    const shared = accelerators > 1 ? 2 * layers : 0
    const exchangedNs =
      ((2 * (accelerators - 1)) / accelerators) *
      ((options.hiddenSize * ACTIVATION_BYTES * 1e9) / options.linkBytesPerSec)
    return {
      durationNs(work) {
        const tokens = work.prefillTokens + work.decodeTokens
        const rows = work.prefillSequences + work.decodeTokens
        const computeNs = tokens * tokenNs + rows * rowNs + (work.prefillPairs + work.decodePairs) * pairNs
        const touched = experts > 0 ? experts * (1 - untouched ** tokens) : 0
        const movedTokens = work.prefillContextTokens + work.contextTokens + tokens
        const memoryNs = weightsNs + touched * expertNs + movedTokens * kvTokenNs
        const exchangeNs = shared * (options.allReduceNs + tokens * exchangedNs)
        return Math.max(1, Math.round(Math.max(computeNs, memoryNs) + exchangeNs + options.overheadNs))
      },
    }
  },
}

/** Activations are exchanged in 16 bits. */
const ACTIVATION_BYTES = 2
