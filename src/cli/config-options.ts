import type { Command } from 'commander'
import { CONFIG_SCHEMA, loadConfigFile, resolveLayers } from '../app/read-config.ts'
import type { ConfigLayer } from '../config/config-layer.ts'
import { listOptions, type OptionInfo } from '../config/list-options.ts'
import { readEnvironment, readOptionValues } from '../config/read-option-values.ts'
import type { ResolvedConfig } from '../config/resolve-config.ts'
import { addConfigFlags, readConfigFlag } from './config-flags.ts'
import type { Terminal } from './terminal.ts'

const OPTIONS = listOptions(CONFIG_SCHEMA)

const ENGINE_OPTIONS = OPTIONS.filter(({ path }) => path[0] === 'engine' || path[0] === 'simulator')

/** Gives a command `--config` and the flags of the embedded engine. */
export function addEngineOptions(command: Command): Command {
  command.option(
    '-c, --config <file>',
    'YAML or JSON file with options, as bench takes it; flags win over it',
  )
  addConfigFlags(command, ENGINE_OPTIONS)
  return command
}

/** Resolves the options of a command with {@link addEngineOptions}; those of a benchmark in the file have no effect. */
export function resolveEngineCommand(command: Command, terminal: Terminal): Promise<ResolvedConfig> {
  return resolveCommand(command, undefined, terminal, ENGINE_OPTIONS)
}

/** Gives a command the URL argument, `--config` and a flag for every option of the schema. */
export function addConfigOptions(command: Command): Command {
  command
    .argument('[url]', 'base URL of the server, such as http://host:8000/v1; the embedded engine when absent')
    .option('-c, --config <file>', 'YAML or JSON file with options; flags win over it')
  addConfigFlags(command, OPTIONS)
  return command
}

/** Resolves defaults < file < environment < flags. */
export async function resolveCommand(
  command: Command,
  url: string | undefined,
  terminal: Terminal,
  flagged: readonly OptionInfo[] = OPTIONS,
): Promise<ResolvedConfig> {
  const layers: ConfigLayer[] = []
  const file = command.opts<{ config?: string }>().config
  if (file !== undefined) layers.push(await loadConfigFile(file))
  layers.push(readEnvironment(OPTIONS, terminal.env))
  layers.push(
    readOptionValues(
      flagged,
      (option) => readConfigFlag(command, option),
      (option) => `--${option.flag}`,
    ),
  )
  if (url !== undefined) layers.push({ values: { target: { url } }, origin: () => 'the URL argument' })
  return resolveLayers(layers)
}
