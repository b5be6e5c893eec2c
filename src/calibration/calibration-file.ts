import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { MetronError } from '../errors/metron-error.ts'
import type { Calibration } from '../records/calibration.ts'
import { writeFileAtomically } from '../storage/write-file-atomically.ts'
import { calibrationSchema } from './calibration-schema.ts'

/** A calibration, or why there is none; both `null`: the file does not exist. */
export interface FoundCalibration {
  readonly calibration: Calibration | null
  readonly problem: string | null
}

/** Reads a calibration file. Never throws: a run must not fail because of it. */
export function readCalibration(path: string): FoundCalibration {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { calibration: null, problem: code === 'ENOENT' ? null : message }
  }
  try {
    const read = calibrationSchema.safeParse(JSON.parse(text))
    if (read.success) return { calibration: read.data, problem: null }
    const { path: at, message } = read.error.issues[0]!
    return { calibration: null, problem: `${at.join('.') || 'the document'}: ${message}` }
  } catch {
    return { calibration: null, problem: 'it is not JSON' }
  }
}

/**
 * Writes a calibration file and the folders above it.
 *
 * @throws MetronError `cannot-write`
 */
export function writeCalibration(path: string, calibration: Calibration): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
  } catch (cause) {
    throw new MetronError('cannot-write', `cannot make the folder of ${path}: ${(cause as Error).message}`, {
      hint: 'Name another file with --file.',
      cause,
    })
  }
  writeFileAtomically(path, `${JSON.stringify(calibration, null, 2)}\n`)
}
