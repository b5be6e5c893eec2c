import { relative } from 'node:path'
import type { FinishedRun } from '../app/finish-run.ts'
import { renderSummary } from '../report/terminal/render-summary.ts'
import { EXIT } from './exit-codes.ts'
import { colorOf, type Terminal, widthOf } from './terminal.ts'

/** What is printed of a run. */
export interface PrintableRun extends Omit<FinishedRun, 'folder' | 'report'> {
  /** `null`: there is no run folder. */
  readonly folder: string | null
  /** `null`: no report was written. */
  readonly report: string | null
}

/** Prints the results of a run and where its files are. Returns the exit code that they deserve. */
export function printRun(run: PrintableRun, terminal: Terminal, asJson: boolean): number {
  const { stdout } = terminal
  if (asJson) {
    const { manifest, summary, verdicts, view, folder, report } = run
    const document = {
      run: manifest.name,
      status: manifest.status,
      folder,
      report,
      felt: view.felt,
      health: manifest.health,
      summary,
      verdicts,
      warnings: view.warnings,
      command: manifest.command,
    }
    stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  } else {
    stdout.write(
      `${renderSummary(run.view, { color: colorOf(terminal, 'stdout'), width: widthOf(stdout) })}\n`,
    )
    const files = [
      ...(run.folder === null ? [] : [`Run folder  ${shown(run.folder)}\n`]),
      ...(run.report === null ? [] : [`Report      ${shown(run.report)}\n`]),
    ]
    if (files.length > 0) stdout.write(`\n${files.join('')}`)
  }
  return exitCodeOfRun(run)
}

/**
 * Interrupted before all else; then a client that was the limit, which explains whatever else went wrong; then failures,
 * then objectives, worst first.
 */
export function exitCodeOfRun({
  manifest,
  summary,
  verdicts,
}: Pick<FinishedRun, 'manifest' | 'summary' | 'verdicts'>): number {
  if (manifest.status === 'interrupted') return EXIT.interrupted
  if (manifest.health?.verdict === 'invalid') return EXIT.clientLimited
  if (summary.counts.measured === 0) return EXIT.tooLittleData
  if (summary.counts.ok === 0) return EXIT.runFailed
  if (verdicts.some(({ status }) => status === 'fail')) return EXIT.objectiveFailed
  if (verdicts.some(({ status }) => status === 'no-data')) return EXIT.tooLittleData
  return EXIT.ok
}

function shown(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
