import { MetronError } from '../errors/metron-error.ts'
import { ACCELERATORS, type Accelerator } from './accelerators.ts'
import type { EngineLimits } from './engine-limits.ts'
import { countParams, MODEL_ARCHITECTURES, type ModelArchitecture } from './model-architectures.ts'
import type { RooflineStepOptions } from './roofline-step-model.ts'

/** An engine named for a model and the accelerators it runs on. */
export interface RooflinePreset {
  readonly name: string
  readonly step: RooflineStepOptions
  readonly limits: EngineLimits
}

/** How many accelerators may share a model: one node. */
export const TENSOR_PARALLEL: readonly number[] = [1, 2, 4, 8]

/**
 * How well engines use an accelerator; the same for all. The first two are chosen so that prefills of Yi-34B on two H100
 * take the times of a figure in arXiv 2407.07000; attention at a third of the peak is what FlashAttention-2 reaches on an
 * H100 (arXiv 2407.08608). The others are usual figures that give the latencies of vLLM's own benchmark on H200s
 * (buildkite.com/vllm/performance-benchmark, build 9515) within a tenth.
 */
export const EFFICIENCIES = {
  gemmEfficiency: 0.6,
  attentionEfficiency: 0.3,
  bandwidthEfficiency: 0.8,
  allReduceNs: 20_000,
  overheadNs: 2.5e6,
} as const

/** Share of the memory that an engine takes for parameters and KV cache; vLLM's default. */
const MEMORY_FRACTION = 0.9
/** Bytes of a parameter, a key or a value: 16 bits. */
const ELEMENT_BYTES = 2

/**
 * The engine called `sim:<model>@<accelerator>`, with `x2`, `x4` or `x8` behind it when accelerators share the model, as
 * in `sim:yi-34b@h100x2`. Throws `MetronError` `bad-config` with the choices for another name, and when the model does
 * not fit.
 */
export function parseRooflinePreset(name: string): RooflinePreset {
  const match = /^sim:([^@]+)@([a-z0-9]+?)(?:x(\d+))?$/.exec(name)
  if (match === null) fail(`${JSON.stringify(name)} is no engine`)
  const [, modelName, acceleratorName, count = '1'] = match
  const model = MODEL_ARCHITECTURES.find((each) => each.name === modelName)
  const accelerator = ACCELERATORS.find((each) => each.name === acceleratorName)
  const accelerators = Number(count)
  if (model === undefined) fail(`the simulator has no model ${JSON.stringify(modelName)}`)
  if (accelerator === undefined) fail(`the simulator has no accelerator ${JSON.stringify(acceleratorName)}`)
  if (!TENSOR_PARALLEL.includes(accelerators)) fail(`${accelerators} accelerators cannot share a model`)
  const preset = rooflinePreset(model, accelerator, accelerators)
  if (preset !== null) return preset
  throw new MetronError('bad-config', `${model.name} does not fit into ${accelerators} ${accelerator.name}`, {
    hint: 'take more accelerators (x2, x4, x8) or larger ones',
  })
}

/** `null` when the parameters leave no room for a KV cache of 4,096 tokens. */
export function rooflinePreset(
  model: ModelArchitecture,
  accelerator: Accelerator,
  accelerators: number,
): RooflinePreset | null {
  const params = countParams(model)
  const kvTokenBytes = 2 * model.layers * model.kvHeads * model.headSize * ELEMENT_BYTES
  const kvShards = Math.min(accelerators, model.kvHeads)
  const freeBytes = accelerator.memoryBytes * MEMORY_FRACTION - (params.total * ELEMENT_BYTES) / accelerators
  const kvTokens = Math.floor(freeBytes / (kvTokenBytes / kvShards))
  if (kvTokens < LEAST_KV_TOKENS) return null
  return {
    name: `sim:${model.name}@${accelerator.name}${accelerators === 1 ? '' : `x${accelerators}`}`,
    step: {
      layers: model.layers,
      hiddenSize: model.hiddenSize,
      attentionSize: model.heads * model.headSize,
      denseParams: params.dense,
      expertParams: params.expert,
      experts: model.experts,
      expertsPerToken: model.expertsPerToken,
      headParams: params.head,
      paramBytes: ELEMENT_BYTES,
      kvTokenBytes,
      kvShards,
      accelerators,
      peakFlopsPerSec: accelerator.peakFlopsPerSec,
      bandwidthBytesPerSec: accelerator.bandwidthBytesPerSec,
      linkBytesPerSec: accelerator.linkBytesPerSec,
      ...EFFICIENCIES,
    },
    limits: {
      maxBatch: 256,
      kvTokens,
      contextTokens: Math.min(model.contextTokens, kvTokens),
      maxQueue: null,
    },
  }
}

const LEAST_KV_TOKENS = 4096

function fail(problem: string): never {
  const models = MODEL_ARCHITECTURES.map(({ name }) => name).join(', ')
  const accelerators = ACCELERATORS.map(({ name }) => name).join(', ')
  throw new MetronError('bad-config', problem, {
    hint:
      'name a preset (sim:default, sim:fast, sim:slow), or sim:<model>@<accelerator> with x2, x4 or x8 for more than ' +
      `one; models: ${models}; accelerators: ${accelerators}`,
  })
}
