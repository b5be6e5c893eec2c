import { readFile } from 'node:fs/promises'
import { type ConfigLayer, valueAt } from '../config/config-layer.ts'
import { createConfigSchema } from '../config/config-schema.ts'
import { readConfigFile } from '../config/read-config-file.ts'
import { type ResolvedConfig, resolveConfig } from '../config/resolve-config.ts'
import { MetronError } from '../errors/metron-error.ts'
import { EXTENSIONS } from './extensions.ts'

export const CONFIG_SCHEMA = createConfigSchema(EXTENSIONS)

/** The embedded engine is there to be loaded; a server of unknown strength gets a modest rate. */
const EMBEDDED_DEFAULTS: ConfigLayer = {
  values: { load: { rate: '10/s' } },
  origin: () => 'default of the embedded engine',
}

/** Resolves layers of option values over the defaults; later layers win. */
export function resolveLayers(layers: readonly ConfigLayer[]): ResolvedConfig {
  const hasUrl = layers.some(({ values }) => (valueAt(values, ['target', 'url']) ?? null) !== null)
  return resolveConfig(CONFIG_SCHEMA, hasUrl ? layers : [EMBEDDED_DEFAULTS, ...layers])
}

/** @throws MetronError `bad-input-file` when the file cannot be read, `bad-config` when it is malformed */
export async function loadConfigFile(path: string): Promise<ConfigLayer> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new MetronError(
      'bad-input-file',
      `cannot read the config file ${path}: ${(cause as Error).message}`,
      {
        hint: 'Give the path of a YAML or JSON file with --config.',
        cause,
      },
    )
  }
  return readConfigFile(text, path)
}
