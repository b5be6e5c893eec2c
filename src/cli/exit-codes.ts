import type { MetronError } from '../errors/metron-error.ts'

/** What the process tells its caller; documented in docs/reference/exit-codes.md. */
export const EXIT = {
  ok: 0,
  /** An objective was missed. */
  objectiveFailed: 1,
  /** A flag, config or input file is wrong. */
  usage: 2,
  /** The run could not be made or written. */
  runFailed: 3,
  /** Too few samples to judge an objective, or none at all. */
  tooLittleData: 4,
  /** The client itself was the limit: the run says nothing of the server. */
  clientLimited: 5,
  /** Ctrl-C; what was measured has been written. */
  interrupted: 130,
} as const

/** Exit code of a program that failed. */
export function exitCodeOf(error: MetronError): number {
  if (error.code === 'bad-config' || error.code === 'bad-input-file') return EXIT.usage
  if (error.code === 'no-data') return EXIT.tooLittleData
  return EXIT.runFailed
}
