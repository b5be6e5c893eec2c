import type { Command } from 'commander'
import { CONFIG_SCHEMA } from '../app/read-config.ts'
import type { ConfigLayer } from '../config/config-layer.ts'
import { listOptions } from '../config/list-options.ts'
import { readOptionValues } from '../config/read-option-values.ts'
import { addConfigFlags, readConfigFlag } from './config-flags.ts'

/** What can be decided after a run: the whole `score` section, the tokenizer and the warm-up. */
const OPTIONS = listOptions(CONFIG_SCHEMA)
  .filter(({ path }) => path[0] === 'score' || ['workload.tokenizer', 'load.warmup'].includes(path.join('.')))
  // The defaults of a score are those of the run.
  .map((option) => ({ ...option, defaultValue: option.type === 'boolean' ? option.defaultValue : undefined }))

/** Gives a command a flag for every option that can be decided after a run. */
export function addScoreOptions(command: Command): Command {
  addConfigFlags(command, OPTIONS)
  return command
}

/** What was given on the command line; nothing else counts, so that a run's own values stay. */
export function readScoreOptions(command: Command): ConfigLayer {
  return readOptionValues(
    OPTIONS,
    (option) => readConfigFlag(command, option),
    (option) => `--${option.flag}`,
  )
}
