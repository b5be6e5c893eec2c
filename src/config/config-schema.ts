import * as z from 'zod'
import type { ConfigExtensions } from './config-extensions.ts'
import { loadSection } from './sections/load-section.ts'
import { outputSection } from './sections/output-section.ts'
import { scoreSection } from './sections/score-section.ts'
import { serverSection } from './sections/server-section.ts'
import { simulatorSection } from './sections/simulator-section.ts'
import { targetSection } from './sections/target-section.ts'
import { workloadSection } from './sections/workload-section.ts'

/**
 * The one schema of a benchmark: config files, flags, environment variables, help texts, `explain` and the JSON Schema
 * for editors derive from it. What people write (durations, rates) is its input; what code uses (ns, per second) its
 * output. `flag` and `placeholder` in the meta data name the command line flag.
 */
export function createConfigSchema(extensions: ConfigExtensions) {
  return z.strictObject({
    target: targetSection(extensions).prefault({}),
    server: serverSection().prefault({}),
    engine: z
      .enum(extensions.engines, { error: 'expected the name of an engine' })
      .prefault('sim:default')
      .meta({
        flag: 'engine',
        placeholder: 'preset',
        description:
          'Embedded engine to measure when no URL is given: sim:default, sim:fast, sim:slow, or a model on accelerators such as sim:yi-34b@h100x2',
      }),
    simulator: simulatorSection(extensions).prefault({}),
    load: loadSection(extensions).prefault({}),
    workload: workloadSection(extensions).prefault({}),
    score: scoreSection().prefault({}),
    output: outputSection().prefault({}),
  })
}

export type ConfigSchema = ReturnType<typeof createConfigSchema>
/** A resolved config: every option set, times in ns. */
export type Config = z.output<ConfigSchema>
/** A config as people write it: every part optional. */
export type ConfigInput = z.input<ConfigSchema>
