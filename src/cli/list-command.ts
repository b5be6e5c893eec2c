import { Command } from 'commander'
import { type ListedRun, listRuns } from '../app/list-runs.ts'
import type { CommandRunner } from './command-runner.ts'

const HEADER = ['run', 'started (UTC)', 'status', 'target', 'model', 'requests', 'objectives'] as const

/** `metron list`: the runs of a folder, newest first. */
export const listCommand: CommandRunner = (terminal) =>
  new Command('list')
    .summary('list the runs of a folder, newest first')
    .option('--runs <folder>', 'folder of all runs', terminal.env.METRON_OUTPUT_RUNS ?? 'runs')
    .option('--json', 'print the list as JSON')
    .action(async ({ runs: folder, json }: { runs: string; json?: boolean }) => {
      const runs = await listRuns(folder)
      if (json === true) terminal.stdout.write(`${JSON.stringify(runs, null, 2)}\n`)
      else if (runs.length === 0) terminal.stdout.write(`No runs in ${folder}. Make one with metron bench.\n`)
      else terminal.stdout.write(table([[...HEADER], ...runs.map(rowOf)]))
      for (const { name, problem } of runs)
        if (problem !== null) terminal.stderr.write(`${name}: ${problem}\n`)
    })

function rowOf(run: ListedRun): string[] {
  return [
    run.name,
    run.startedAt?.slice(0, 19).replace('T', ' ') ?? '–',
    run.status ?? 'unreadable',
    run.target ?? (run.status === null ? '–' : 'embedded engine'),
    run.model ?? '–',
    run.requests === null ? '–' : String(run.requests),
    run.verdict ?? '–',
  ].map(printable)
}

/** Names come from files and servers: control characters must not reach the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?')
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
