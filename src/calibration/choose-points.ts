import { PACING_PATTERNS } from './pacing-pattern.ts'
import type { PointSetting } from './point-setting.ts'

/** What a calibration measures; every list is of at least one. */
export interface CalibrationGrid {
  readonly streams: readonly number[]
  /** Chunks per second of each stream. */
  readonly rates: readonly number[]
  /** Patterns measured over the whole grid; `null`: `steady`, and one point of each other pattern. */
  readonly patterns: readonly string[] | null
  /** Numbers of stamping threads. */
  readonly workers: readonly number[]
  /** Measured time of each point. */
  readonly windowNs: number
}

const WHOLE: Omit<CalibrationGrid, 'workers'> = {
  streams: [20, 200, 1000],
  rates: [10, 50, 100],
  patterns: null,
  windowNs: 2.5e9,
}
const QUICK: typeof WHOLE = { streams: [20, 200], rates: [10, 50], patterns: null, windowNs: 1.2e9 }

/** The grid that is measured unless told otherwise: with one thread, and with `defaultWorkers` if those are more. */
export function defaultGrid(quick: boolean, defaultWorkers: number): CalibrationGrid {
  return { ...(quick ? QUICK : WHOLE), workers: defaultWorkers > 1 ? [1, defaultWorkers] : [1] }
}

/**
 * All points of a grid, for each number of threads from the lowest load to the highest. A pattern without a schedule has
 * no rate: one point for each number of streams. Other patterns than `steady`, unless asked for, are measured at one
 * load in the middle of the grid, with the first number of threads.
 */
export function choosePoints(grid: CalibrationGrid): PointSetting[] {
  const { windowNs } = grid
  const over = (pattern: string, workers: number): PointSetting[] => {
    const rates = hasSchedule(pattern) ? grid.rates : grid.rates.slice(0, 1)
    return grid.streams
      .flatMap((streams) =>
        rates.map((perStreamPerSec) => ({ pattern, workers, streams, perStreamPerSec, windowNs })),
      )
      .sort((a, b) => loadOf(a) - loadOf(b))
  }
  const whole = grid.workers.flatMap((workers) =>
    (grid.patterns ?? ['steady']).flatMap((pattern) => over(pattern, workers)),
  )
  if (grid.patterns !== null) return whole
  const middle = {
    workers: grid.workers[0]!,
    streams: middleOf(grid.streams),
    perStreamPerSec: middleOf(grid.rates),
    windowNs,
  }
  const others = PACING_PATTERNS.filter(({ kind }) => kind !== 'steady')
  return [...whole, ...others.map(({ kind }) => ({ ...middle, pattern: kind }))]
}

/** Whether a pattern writes on a schedule; the others cannot be late and have no limit. */
export function hasSchedule(pattern: string): boolean {
  return PACING_PATTERNS.some(({ kind, offsetPeriods }) => kind === pattern && offsetPeriods !== null)
}

function loadOf({ streams, perStreamPerSec }: PointSetting): number {
  return streams * perStreamPerSec
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
