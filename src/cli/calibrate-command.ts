import { Command } from 'commander'
import { type CalibrateOptions, calibrate, PATTERN_KINDS, saveCalibration } from '../app/calibrate.ts'
import { calibrationFile } from '../app/saved-calibration.ts'
import { parseDurationNs } from '../config/parse-duration.ts'
import { MetronError } from '../errors/metron-error.ts'
import { describePoint, renderCalibration } from '../report/terminal/render-calibration.ts'
import type { CommandRunner } from './command-runner.ts'
import { EXIT } from './exit-codes.ts'
import { catchSignal } from './interrupts.ts'
import { colorOf, type Terminal, widthOf } from './terminal.ts'

interface CalibrateFlags {
  readonly quick?: boolean
  readonly streams?: number[]
  readonly rates?: number[]
  readonly pattern?: string[]
  readonly workers?: number[]
  readonly duration?: number
  readonly file?: string
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  metron calibrate                              about a minute; bench compares its load with the result
  metron calibrate --quick                      a first look in some 15 s
  metron calibrate --streams 2000 --rates 20,50,100 --duration 5s
  metron calibrate --pattern bursty,events-per-packet

Exit codes: 0 ok, 2 usage, 3 failed, 130 interrupted (what was measured is shown, nothing is saved).`

/** `metron calibrate`: how exactly this machine stamps and dispatches, and up to which load. */
export const calibrateCommand: CommandRunner = (terminal, exit) =>
  new Command('calibrate')
    .summary('measure how exactly this machine measures, and up to which load')
    .description(
      'Runs the client against a reference server in another process that writes chunks on a known schedule and tells when. Shows how far stamps and dispatches are off over a grid of loads, and keeps the result: bench says when a run goes beyond it. Close other programs first.',
    )
    .option('--quick', 'a small grid with short windows')
    .option(
      '--streams <counts>',
      'numbers of concurrent streams, such as 20,200,1000',
      list('--streams', wholeNumber),
    )
    .option(
      '--rates <list>',
      'chunks per second of each stream, such as 10,50,100',
      list('--rates', perSecond),
    )
    .option(
      '--pattern <names>',
      `how chunks are spread: ${PATTERN_KINDS.join(', ')}`,
      list('--pattern', patternName),
    )
    .option('--workers <counts>', 'numbers of stamping threads, such as 1,4', list('--workers', wholeNumber))
    .option('--duration <time>', 'measured time of each load, such as 5s', duration)
    .option('--file <path>', "where the result is kept (default: the user's folder for caches)")
    .option('--json', 'print the result as JSON on standard output')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: CalibrateFlags) => {
      const calibration = await calibrate(gridOf(flags), {
        onPoint: ({ pattern, workers, streams, perStreamPerSec }, number, of) =>
          terminal.stderr.write(
            `[${number}/${of}] ${pattern}, ${streams} streams x ${perStreamPerSec}/s, ${workers} ${workers === 1 ? 'thread' : 'threads'} ... `,
          ),
        onMeasured: (point) => terminal.stderr.write(`${describePoint(point)}\n`),
        stop: catchSignal(),
      })
      if (!calibration.complete) terminal.stderr.write('\n')
      if (flags.json === true) terminal.stdout.write(`${JSON.stringify(calibration, null, 2)}\n`)
      else
        terminal.stdout.write(
          renderCalibration(calibration, {
            color: colorOf(terminal, 'stdout'),
            width: tableWidth(terminal),
          }),
        )
      if (!calibration.complete) {
        exit(EXIT.interrupted)
        return
      }
      const file = flags.file ?? calibrationFile(terminal.env)
      saveCalibration(file, calibration)
      terminal.stderr.write(`\nKept in ${file}\n`)
    })

function gridOf(flags: CalibrateFlags): CalibrateOptions {
  const { quick, streams, rates, pattern, workers, duration: windowNs } = flags
  return {
    quick: quick ?? false,
    ...(streams === undefined ? {} : { streams }),
    ...(rates === undefined ? {} : { rates }),
    ...(pattern === undefined ? {} : { patterns: pattern }),
    ...(workers === undefined ? {} : { workers }),
    ...(windowNs === undefined ? {} : { windowNs }),
  }
}

/** A table in a file need not fit a terminal. */
function tableWidth({ stdout }: Terminal): number {
  return 'isTTY' in stdout && stdout.isTTY === true ? widthOf(stdout) : 120
}

/** Reads values with commas between; `expected` in place of a value says what was wrong with it. */
function list<T>(flag: string, read: (text: string) => T | { expected: string }): (text: string) => T[] {
  const readOne = (text: string): T => {
    const value = read(text)
    if (typeof value !== 'object' || value === null || !('expected' in value)) return value as T
    throw new MetronError('bad-config', `${flag}: expected ${value.expected}, not ${JSON.stringify(text)}`)
  }
  return (text) => [...new Set(text.split(',').map((part) => readOne(part.trim())))]
}

function wholeNumber(text: string): number | { expected: string } {
  const value = Number(text)
  const isFine = text !== '' && Number.isInteger(value) && value > 0 && value <= 100_000
  return isFine ? value : { expected: 'whole numbers from 1 to 100000' }
}

function perSecond(text: string): number | { expected: string } {
  const value = Number(text.replace(/\/s$/, ''))
  return text !== '' && value > 0 && value <= 100_000 ? value : { expected: 'chunks per second, such as 50' }
}

function patternName(text: string): string | { expected: string } {
  return PATTERN_KINDS.includes(text) ? text : { expected: PATTERN_KINDS.join(', ') }
}

function duration(text: string): number {
  const ns = parseDurationNs(text)
  if (ns !== undefined && ns >= 200e6 && ns <= 600e9) return ns
  throw new MetronError('bad-config', `--duration: expected 200ms to 10m, not ${JSON.stringify(text)}`)
}
