import { Command, Option } from 'commander'
import { EXPORT_FORMATS, exportRun, writeExport } from '../app/export-run.ts'
import type { CommandRunner } from './command-runner.ts'

const FORMATS = EXPORT_FORMATS.map(({ kind, summary }) => `  ${kind.padEnd(11)} ${summary}`).join('\n')

/** `metron export`: a run for other programs. */
export const exportCommand: CommandRunner = (terminal) =>
  new Command('export')
    .summary('write a run in a format for other programs')
    .description('Writes a run, judged by the options stored with it, in a format that other programs read.')
    .argument('<run>', 'run folder, or a result file of another tool')
    .addOption(
      new Option('--to <format>', 'format').choices(EXPORT_FORMATS.map(({ kind }) => kind)).default('csv'),
    )
    .option('--out <file>', 'file to write; standard output when absent')
    .addHelpText(
      'after',
      `
Formats:
${FORMATS}

Examples:
  metron export runs/chat > chat.csv
  metron export runs/chat --to trace --out chat.trace.json    open it at ui.perfetto.dev`,
    )
    .action(async (path: string, { to, out }: { to: string; out?: string }) => {
      if (out === undefined) terminal.stdout.write(await exportRun(path, to))
      else await writeExport(path, to, out)
    })
