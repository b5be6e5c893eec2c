import { loadavg } from 'node:os'
import { writeCalibration } from '../calibration/calibration-file.ts'
import { type CalibrationGrid, choosePoints, defaultGrid, hasSchedule } from '../calibration/choose-points.ts'
import { findLimits } from '../calibration/find-limits.ts'
import { openPacingProcess } from '../calibration/open-pacing-process.ts'
import { PACING_PATTERNS } from '../calibration/pacing-pattern.ts'
import type { PointSetting } from '../calibration/point-setting.ts'
import { worthRepeating } from '../calibration/worth-repeating.ts'
import {
  CALIBRATION_SCHEMA_VERSION,
  type Calibration,
  type CalibrationPoint,
} from '../records/calibration.ts'
import { defaultWorkers } from './default-workers.ts'
import { machineFacts, metronVersion } from './machine-facts.ts'
import { measurePoint } from './measure-point.ts'
import { reachTarget } from './reach-target.ts'
import { resolveLayers } from './read-config.ts'

/** Names of the patterns that a calibration can be paced by. */
export const PATTERN_KINDS: readonly string[] = PACING_PATTERNS.map(({ kind }) => kind)

/**
 * Keeps a calibration for later runs.
 *
 * @throws MetronError `cannot-write`
 */
export const saveCalibration = writeCalibration

export interface CalibrateOptions extends Partial<CalibrationGrid> {
  /** A small grid with short windows: a first look in some 15 s. */
  readonly quick?: boolean
}

export interface CalibrateHooks {
  /** Before each point: which of how many. */
  readonly onPoint?: (setting: PointSetting, number: number, of: number) => void
  /** After each point. */
  readonly onMeasured?: (point: CalibrationPoint) => void
  /** Once aborted: ends the point that is being measured and returns what was measured before. */
  readonly stop?: AbortSignal
}

/**
 * Measures how exactly this machine stamps and dispatches as a client: runs the engine against a reference server in
 * another process that tells when it wrote each chunk, over a grid of loads. A load that would lower a limit is measured a
 * second time and the better one kept: other programs on the machine can only make it worse.
 *
 * @throws MetronError `run-failed` when the server or a thread dies
 */
export async function calibrate(
  options: CalibrateOptions = {},
  hooks: CalibrateHooks = {},
): Promise<Calibration> {
  const { stop } = hooks
  const grid: CalibrationGrid = { ...defaultGrid(options.quick ?? false, defaultWorkers()), ...options }
  const settings = choosePoints(grid)
  const measuredAt = new Date().toISOString()
  const loadAverage = loadavg()[0]!
  const server = await openPacingProcess()
  const points: CalibrationPoint[] = []
  try {
    const layer = { values: { target: { url: server.url } }, origin: () => 'the reference server' }
    const target = await reachTarget(resolveLayers([layer]).config, {})
    for (const [index, setting] of settings.entries()) {
      if (stop?.aborted === true) break
      hooks.onPoint?.(setting, index + 1, settings.length)
      let point = await measurePoint(setting, target, stop)
      if (!isAborted(stop) && hasSchedule(setting.pattern) && worthRepeating(point, points)) {
        const again = await measurePoint(setting, target, stop)
        if (p99Of(again) < p99Of(point)) point = again
      }
      if (isAborted(stop)) break
      points.push(point)
      hooks.onMeasured?.(point)
    }
  } finally {
    await server.close()
  }
  return {
    schemaVersion: CALIBRATION_SCHEMA_VERSION,
    measuredAt,
    complete: points.length === settings.length,
    versions: { metron: metronVersion(), node: process.versions.node },
    machine: machineFacts(),
    loadAverage,
    points,
    limits: findLimits(points),
  }
}

function p99Of({ stampError, failedStreams }: CalibrationPoint): number {
  return stampError === null || failedStreams > 0 ? Number.POSITIVE_INFINITY : stampError.p99Ns
}

/** A function, because the signal changes while something is awaited. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false
}
