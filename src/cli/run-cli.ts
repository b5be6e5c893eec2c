import { Command, CommanderError } from 'commander'
import pc from 'picocolors'
import { metronVersion } from '../app/machine-facts.ts'
import { MetronError } from '../errors/metron-error.ts'
import { benchCommand } from './bench-command.ts'
import { calibrateCommand } from './calibrate-command.ts'
import type { CommandRunner } from './command-runner.ts'
import { compareCommand } from './compare-command.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { explainCommand } from './explain-command.ts'
import { exportCommand } from './export-command.ts'
import { importCommand } from './import-command.ts'
import { listCommand } from './list-command.ts'
import { profileCommand } from './profile-command.ts'
import { reportCommand } from './report-command.ts'
import { reproduceCommand } from './reproduce-command.ts'
import { scoreCommand } from './score-command.ts'
import { simCommand } from './sim-command.ts'
import { colorOf, type Terminal, widthOf } from './terminal.ts'

/** In the order in which help lists them. */
export const COMMANDS: readonly CommandRunner[] = [
  benchCommand,
  profileCommand,
  calibrateCommand,
  simCommand,
  reportCommand,
  scoreCommand,
  importCommand,
  compareCommand,
  exportCommand,
  listCommand,
  explainCommand,
  reproduceCommand,
]

/** Runs one command line (without `node` and the script) and returns the exit code. Never throws, never exits. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.ok
  const program = new Command('metron')
    .description('Measures what users feel while a large language model streams its answer.')
    .version(metronVersion(), '-v, --version')
  for (const make of COMMANDS) program.addCommand(make(terminal, (value) => (code = value)))
  for (const command of [program, ...program.commands]) {
    const name = command === program ? 'metron' : `metron ${command.name()}`
    command
      .exitOverride()
      .showHelpAfterError(`(see ${name} --help)`)
      .configureOutput({
        writeOut: (text) => terminal.stdout.write(text),
        writeErr: (text) => terminal.stderr.write(text),
        getOutHelpWidth: () => widthOf(terminal.stdout),
        getErrHelpWidth: () => widthOf(terminal.stderr),
      })
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    return explainFailure(error, terminal)
  }
}

function explainFailure(error: unknown, terminal: Terminal): number {
  const colors = pc.createColors(colorOf(terminal, 'stderr'))
  if (error instanceof MetronError) {
    const hint = error.hint === undefined ? '' : `\n${capitalized(error.hint)}`
    terminal.stderr.write(`${colors.red('metron:')} ${error.message}${hint}\n`)
    return exitCodeOf(error)
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  terminal.stderr.write(`${colors.red('metron: this is a defect of Metron itself:')}\n${text}\n`)
  return EXIT.runFailed
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
