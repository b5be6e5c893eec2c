import { ACCELERATORS } from './accelerators.ts'
import { MODEL_ARCHITECTURES } from './model-architectures.ts'
import { MODEL_PRESETS } from './model-presets.ts'
import { rooflinePreset, TENSOR_PARALLEL } from './roofline-preset.ts'

/** Every engine that has a name, the default first: the linear presets, then models on accelerators that hold them. */
export const ENGINE_NAMES: readonly string[] = [
  ...MODEL_PRESETS.map(({ name }) => name),
  ...MODEL_ARCHITECTURES.flatMap((model) =>
    ACCELERATORS.flatMap((accelerator) =>
      TENSOR_PARALLEL.flatMap((count) => rooflinePreset(model, accelerator, count)?.name ?? []),
    ),
  ),
]
