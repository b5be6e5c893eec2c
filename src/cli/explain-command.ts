import { Command } from 'commander'
import { configJsonSchema } from '../app/config-json-schema.ts'
import { explainConfig } from '../app/explain-config.ts'
import { valueAt } from '../config/config-layer.ts'
import type { CommandRunner } from './command-runner.ts'
import { addConfigOptions, resolveCommand } from './config-options.ts'

/** `metron explain`: what a command line would do, and where each value comes from. */
export const explainCommand: CommandRunner = (terminal) =>
  addConfigOptions(new Command('explain'))
    .summary('show the resolved config and where each value came from')
    .description(
      'Takes the same arguments as bench, sends nothing, and shows each option, its value and where that was set.',
    )
    .option('--json', 'print the resolved config as JSON')
    .option('--schema', 'print the JSON Schema of config files, for editors')
    .action(
      async (url: string | undefined, flags: { json?: boolean; schema?: boolean }, command: Command) => {
        if (flags.schema === true) {
          terminal.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`)
          return
        }
        const resolved = await resolveCommand(command, url, terminal)
        const shown = await explainConfig(resolved)
        if (flags.json === true) {
          terminal.stdout.write(`${JSON.stringify(shown, null, 2)}\n`)
          return
        }
        const rows = resolved.options.map(({ option, origin }) => {
          const name = option.path.join('.')
          return [name, JSON.stringify(valueAt(shown, option.path)), origin] as const
        })
        const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
        for (const [name, value, origin] of rows)
          terminal.stdout.write(`${name.padEnd(widths[0]!)}  ${value.padEnd(widths[1]!)}  ${origin}\n`)
      },
    )
