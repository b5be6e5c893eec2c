import { Command } from 'commander'
import { rebuildRun } from '../app/rebuild-run.ts'
import { scoreRun } from '../app/score-run.ts'
import type { CommandRunner } from './command-runner.ts'
import { compatOption, printCompat } from './print-compat.ts'
import { printRun } from './print-run.ts'

/** `metron report`: table, summary and report of a run folder, made again. */
export const reportCommand: CommandRunner = (terminal, exit) =>
  new Command('report')
    .summary('make the report of a run again, also of a killed one')
    .description(
      'Makes summary.json and report.html of a run folder again from what was recorded, and requests.parquet when it is missing. A run that was killed keeps every request that had ended.',
    )
    .argument('<run>', 'run folder, such as runs/2026-01-31-1200-local')
    .option('--json', 'print the results as JSON on standard output')
    .addOption(compatOption())
    .action(async (folder: string, options: { json?: boolean; compat?: string }) => {
      const run = await rebuildRun(folder)
      if (run.source === 'journal')
        terminal.stderr.write(
          `The run had not been finished; read ${run.summary.counts.measured + run.summary.counts.warmup} requests from its journal.\n`,
        )
      if (run.tornBytes > 0)
        terminal.stderr.write(
          `The journal's last line was cut off; its ${run.tornBytes} bytes were left out.\n`,
        )
      const asJson = options.json === true
      if (options.compat === undefined) return exit(printRun(run, terminal, asJson))
      const scored = await scoreRun({ path: folder, changes: { values: {}, origin: () => folder } })
      exit(printCompat(options.compat, scored, terminal, asJson))
    })
