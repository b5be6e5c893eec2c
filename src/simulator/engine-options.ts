import * as z from 'zod'
import { MetronError } from '../errors/metron-error.ts'
import type { EngineParts } from './engine-core.ts'
import { engineLimits } from './engine-limits.ts'
import { linearStepModel, linearStepOptions } from './linear-step-model.ts'
import { MODEL_PRESETS } from './model-presets.ts'
import { prefillFirstOptions, prefillFirstPolicy } from './prefill-first-policy.ts'

/** Which engine to simulate: a preset, and what to change in it. */
export const engineOptions = z.strictObject({
  model: z
    .string()
    .default(MODEL_PRESETS[0]!.name)
    .describe(`Preset: ${MODEL_PRESETS.map((preset) => preset.name).join(', ')}`),
  step: linearStepOptions.partial().default({}).describe('Costs of a step that differ from the preset'),
  limits: engineLimits.partial().default({}).describe('Limits that differ from the preset'),
  policy: prefillFirstOptions.prefault({}).describe('Scheduling policy'),
})

/** As a caller writes it; every field is optional. */
export type EngineInput = z.input<typeof engineOptions>
export type EngineOptions = z.output<typeof engineOptions>

/** The parts of the engine that the options describe. Throws `MetronError` `bad-config` for an unknown preset. */
export function createEngineParts(options: EngineOptions): EngineParts {
  const preset = MODEL_PRESETS.find(({ name }) => name === options.model)
  if (preset === undefined) {
    throw new MetronError('bad-config', `the simulator has no model ${JSON.stringify(options.model)}`, {
      hint: `choose one of ${MODEL_PRESETS.map(({ name }) => name).join(', ')}`,
    })
  }
  return {
    model: linearStepModel.create(linearStepOptions.parse({ ...preset.step, ...defined(options.step) })),
    limits: engineLimits.parse({ ...preset.limits, ...defined(options.limits) }),
    policy: prefillFirstPolicy.create(options.policy),
  }
}

/** Without the keys whose value is `undefined`, which would hide the preset's. */
function defined<T extends object>(overrides: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(overrides).filter(([, value]) => value !== undefined),
  ) as Partial<T>
}
