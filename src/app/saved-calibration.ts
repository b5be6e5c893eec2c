import { homedir } from 'node:os'
import { readCalibration } from '../calibration/calibration-file.ts'
import { calibrationMismatch } from '../calibration/calibration-mismatch.ts'
import { calibrationPath } from '../calibration/calibration-path.ts'
import type { Calibration } from '../records/calibration.ts'
import { machineFacts, metronVersion } from './machine-facts.ts'

/** Where the calibration of this machine is kept. */
export function calibrationFile(env: Readonly<Record<string, string | undefined>>): string {
  return calibrationPath(env, process.platform, homedir())
}

/**
 * The calibration of this machine for a run to be compared with. Never throws: one that cannot be read or was made on
 * another system is `null`, with a note for people; both are `null` when there is none.
 */
export function loadCalibration(env: Readonly<Record<string, string | undefined>>): {
  readonly calibration: Calibration | null
  readonly note: string | null
} {
  const path = calibrationFile(env)
  const { calibration, problem } = readCalibration(path)
  if (calibration === null)
    return {
      calibration,
      note: problem === null ? null : `The calibration in ${path} is ignored: ${problem}`,
    }
  const mismatch = calibrationMismatch(calibration, {
    machine: machineFacts(),
    versions: { metron: metronVersion(), node: process.versions.node },
  })
  if (mismatch === null) return { calibration, note: null }
  return {
    calibration: null,
    note: `The calibration in ${path} is ignored, it is of ${mismatch}. Make a new one with metron calibrate.`,
  }
}
