import { Command, Option } from 'commander'
import { importRun } from '../app/import-run.ts'
import { IMPORTERS } from '../app/list-importers.ts'
import type { CommandRunner } from './command-runner.ts'
import { printRun } from './print-run.ts'

const FORMATS = `
Formats:
${IMPORTERS.map(({ kind, summary }) => `  ${kind.padEnd(10)}${summary}`).join('\n')}`

interface Flags {
  readonly as?: string
  readonly runs: string
  readonly format?: string
  readonly json?: boolean
}

/** `metron import`: a run folder from the result file of another tool. */
export const importCommand: CommandRunner = (terminal, exit) =>
  new Command('import')
    .summary('make a run folder from a result file of another tool')
    .description(
      'Reads a result file of another tool that holds the times of chunks, and makes a run folder of it. What the file cannot support is told in the report.',
    )
    .argument('<file>', 'result file')
    .option('--as <name>', "name of the run; made of the file's name when absent")
    .option('--runs <folder>', 'folder that holds all runs', terminal.env.METRON_OUTPUT_RUNS ?? 'runs')
    .addOption(
      new Option('--format <tool>', 'whose file it is; found by its fields when absent').choices(
        IMPORTERS.map(({ kind }) => kind),
      ),
    )
    .option('--json', 'print the results as JSON on standard output')
    .addHelpText('after', FORMATS)
    .action(async (path: string, { as: name, runs, format, json }: Flags) => {
      exit(printRun(await importRun({ path, name, runs, format }), terminal, json === true))
    })
