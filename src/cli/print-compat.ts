import { Option } from 'commander'
import type { ScoredRun } from '../app/score-run.ts'
import { COMPAT_KINDS, viewAsTool } from '../app/view-as-tool.ts'
import { renderCompat } from '../report/terminal/render-compat.ts'
import { exitCodeOfRun } from './print-run.ts'
import { colorOf, type Terminal, widthOf } from './terminal.ts'

/** The flag of the commands that can print a run by another tool's definitions. */
export const compatOption = (): Option =>
  new Option('--compat <tool>', "print the run by another tool's definitions instead").choices(COMPAT_KINDS)

/** Prints a run by the definitions of another tool. Returns the exit code that the run deserves. */
export function printCompat(kind: string, run: ScoredRun, terminal: Terminal, asJson: boolean): number {
  const { stdout } = terminal
  const { tool, notes, rows } = viewAsTool(kind, { ...run, score: run.config.score })
  stdout.write(
    asJson
      ? `${JSON.stringify({ run: run.manifest.name, compat: kind, tool, notes, rows }, null, 2)}\n`
      : renderCompat({ tool, notes }, rows, { color: colorOf(terminal, 'stdout'), width: widthOf(stdout) }),
  )
  return exitCodeOfRun(run)
}
