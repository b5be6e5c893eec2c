import * as z from 'zod'
import { MetronError } from '../errors/metron-error.ts'
import { chunkedPrefillOptions, chunkedPrefillPolicy } from './chunked-prefill-policy.ts'
import { deadlinePriorityOptions, deadlinePriorityPolicy } from './deadline-priority-policy.ts'
import { type DisaggregatedOptions, disaggregatedOptions } from './disaggregated-options.ts'
import { type EngineLimits, engineLimits } from './engine-limits.ts'
import type { EngineParts, Handover } from './engine-parts.ts'
import { createFleet } from './fleet/create-fleet.ts'
import { fleetFields } from './fleet/fleet-options.ts'
import { linearStepModel, linearStepOptions } from './linear-step-model.ts'
import { fillSwapTime, memoryOptions } from './memory-options.ts'
import { MODEL_PRESETS } from './model-presets.ts'
import type { Policy } from './policy.ts'
import { prefillFirstOptions, prefillFirstPolicy } from './prefill-first-policy.ts'
import { prefixCacheOptions } from './prefix-cache-options.ts'
import { parseRooflinePreset } from './roofline-preset.ts'
import { rooflineStepModel, rooflineStepOptions } from './roofline-step-model.ts'
import { slowdownOptions } from './slowdowns.ts'
import { speculationOptions } from './speculation.ts'
import { staticBatchingOptions, staticBatchingPolicy } from './static-batching-policy.ts'
import type { StepModel } from './step-model.ts'

/** Who is in which step. */
export const policyOptions = z.discriminatedUnion('kind', [
  prefillFirstOptions,
  chunkedPrefillOptions,
  staticBatchingOptions,
  deadlinePriorityOptions,
  disaggregatedOptions,
])

const fields = {
  model: z
    .string()
    .describe(
      `${MODEL_PRESETS.map((preset) => preset.name).join(', ')}, or a model on accelerators: sim:llama3-8b@h100, sim:yi-34b@h100x2`,
    ),
  step: linearStepOptions
    .partial()
    .describe('Costs of a step that differ from sim:default, sim:fast or sim:slow'),
  roofline: rooflineStepOptions.partial().describe('What differs from a named model on named accelerators'),
  limits: engineLimits.partial().describe('Limits that differ from the preset'),
  policy: policyOptions.describe('Scheduling policy'),
  memory: memoryOptions.describe('How sequences share the KV cache'),
  prefixCache: prefixCacheOptions.nullable().describe('Prefix cache; null for none'),
  speculation: speculationOptions.nullable().describe('Speculative decoding; null for none'),
}

/** What differs in one replica; a field that is given replaces the whole field of the others. */
const replicaOptions = z.strictObject(fields).partial()

/** Which engine to simulate: a preset, what to change in it, and how many of it. */
export const engineOptions = z.strictObject({
  model: fields.model.default(MODEL_PRESETS[0]!.name),
  step: fields.step.default({}),
  roofline: fields.roofline.default({}),
  limits: fields.limits.default({}),
  policy: fields.policy.prefault({ kind: 'prefill-first' }),
  memory: fields.memory.prefault({ kind: 'reserve' }),
  prefixCache: fields.prefixCache.default(null),
  speculation: fields.speculation.default(null),
  slowdowns: z.array(slowdownOptions).default([]).describe('While every step takes longer'),
  replicas: z
    .union([z.int().min(1), z.array(replicaOptions).min(1)])
    .default(1)
    .describe('How many such engines behind a router, or what differs in each of them'),
  ...fleetFields,
})

/** As a caller writes it; every field is optional. */
export type EngineInput = z.input<typeof engineOptions>
export type EngineOptions = z.output<typeof engineOptions>

/**
 * The parts of the engine that the options describe. Throws `MetronError` `bad-config` for an unknown name, and for costs
 * of the other sort than the named engine's.
 */
export function createEngineParts(options: EngineOptions): EngineParts {
  const { replicas, router, outages, failures, retry } = options
  const changes = typeof replicas === 'number' ? Array.from({ length: replicas }, () => ({})) : replicas
  const makers = changes.map((each) => () => createSingleParts({ ...options, ...defined(each) }))
  const isFleet = replicas !== 1 || outages.length > 0 || failures !== null
  return isFleet ? createFleet(makers, { router, outages, failures, retry }) : makers[0]!()
}

function createSingleParts(options: EngineOptions): EngineParts {
  const { model, limits, kvTokenBytes } = createModel(options)
  const { policy, memory, prefixCache, speculation, slowdowns } = options
  return {
    slowdowns,
    model,
    limits: engineLimits.parse({ ...limits, ...defined(options.limits) }),
    policy: createPolicy(policy),
    memory: fillSwapTime(memory, kvTokenBytes),
    prefixCache,
    speculation,
    handover: policy.kind === 'disaggregated' ? createHandover(policy, kvTokenBytes) : null,
  }
}

interface NamedModel {
  readonly model: StepModel
  readonly limits: EngineLimits
  readonly kvTokenBytes: number
}

/** Keys and values of a token where the preset does not say: those of a model of 8 B parameters. */
const LINEAR_KV_TOKEN_BYTES = 131_072

function createModel({ model: name, step, roofline }: EngineOptions): NamedModel {
  const linear = MODEL_PRESETS.find((preset) => preset.name === name)
  const [own, other] = linear === undefined ? ['roofline', step] : ['step', roofline]
  if (Object.keys(defined(other)).length > 0) {
    throw new MetronError('bad-config', `costs of the wrong sort for the engine ${name}`, {
      hint: `change them under ${own}`,
    })
  }
  if (linear !== undefined) {
    const costs = linearStepOptions.parse({ ...linear.step, ...defined(step) })
    return {
      model: linearStepModel.create(costs),
      limits: linear.limits,
      kvTokenBytes: LINEAR_KV_TOKEN_BYTES,
    }
  }
  const preset = parseRooflinePreset(name)
  const parameters = rooflineStepOptions.parse({ ...preset.step, ...defined(roofline) })
  return {
    model: rooflineStepModel.create(parameters),
    limits: preset.limits,
    kvTokenBytes: parameters.kvTokenBytes,
  }
}

function createPolicy(options: z.output<typeof policyOptions>): Policy {
  switch (options.kind) {
    case 'chunked-prefill':
      return chunkedPrefillPolicy.create(options)
    case 'static-batching':
      return staticBatchingPolicy.create(options)
    case 'deadline-priority':
      return deadlinePriorityPolicy.create(options)
    case 'disaggregated':
      return prefillFirstPolicy.create({ kind: 'prefill-first', budgetTokens: options.budgetTokens })
    case 'prefill-first':
      return prefillFirstPolicy.create(options)
  }
}

function createHandover(options: DisaggregatedOptions, kvTokenBytes: number): Handover {
  const tokenNs = (kvTokenBytes * 1e9) / options.linkBytesPerSec
  return { transferNs: (tokens) => options.linkLatencyNs + tokens * tokenNs }
}

/** Without the keys whose value is `undefined`, which would hide the preset's. */
function defined<T extends object>(overrides: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(overrides).filter(([, value]) => value !== undefined),
  ) as Partial<T>
}
