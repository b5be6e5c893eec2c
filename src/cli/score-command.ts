import { Command } from 'commander'
import { scoreRun } from '../app/score-run.ts'
import type { CommandRunner } from './command-runner.ts'
import { compatOption, printCompat } from './print-compat.ts'
import { printRun } from './print-run.ts'
import { addScoreOptions, readScoreOptions } from './score-options.ts'

const EXAMPLES = `
Examples:
  metron score runs/chat --tbt-deadline 25ms --slo 'fluidity>=0.9@99%'
  metron score runs/chat --warmup 30s --report strict.html
  metron score runs/chat --compat vllm          as vllm bench serve would print it
  metron score results.json                     a file of vllm bench serve --save-detailed

Exit codes as of bench.`

interface Flags {
  readonly json?: boolean
  readonly save?: boolean
  readonly report?: string
  readonly format?: string
  readonly compat?: string
}

/** `metron score`: a run judged again by other options. */
export const scoreCommand: CommandRunner = (terminal, exit) =>
  addScoreOptions(new Command('score'))
    .summary('judge a run again by other deadlines, objectives or tokenizer')
    .description(
      'Computes everything about a run again without sending a request. What is not given stays as it was in the run. Prints the results and changes no file, unless asked to.',
    )
    .argument('<run>', 'run folder, or a result file of another tool (see metron import --help)')
    .option('--json', 'print the results as JSON on standard output')
    .option('--report <file>', 'write a report to this file')
    .option('--save', 'write the results into the run folder, in place of the old ones')
    .option('--format <tool>', 'whose file it is; found by its fields when absent')
    .addOption(compatOption())
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, flags: Flags, command: Command) => {
      const run = await scoreRun({
        path,
        format: flags.format,
        changes: readScoreOptions(command),
        report: flags.report,
        save: flags.save,
      })
      for (const note of run.notes) terminal.stderr.write(`${note}\n`)
      if (run.tornBytes > 0)
        terminal.stderr.write(
          `The journal's last line was cut off; its ${run.tornBytes} bytes were left out.\n`,
        )
      const asJson = flags.json === true
      exit(
        flags.compat === undefined
          ? printRun(run, terminal, asJson)
          : printCompat(flags.compat, run, terminal, asJson),
      )
    })
