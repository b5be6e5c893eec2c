import type { Calibration, CalibrationLimit, CalibrationPoint } from '../../records/calibration.ts'
import { formatCount, formatQuantity } from '../format/format-count.ts'
import { formatDuration, formatSetting } from '../format/format-duration.ts'
import { formatSignificant } from '../format/format-significant.ts'
import { alignTable } from './align-table.ts'
import { createPalette } from './palette.ts'
import type { TerminalOptions } from './render-summary.ts'
import { wrapText } from './wrap-text.ts'

const INDENT = '  '
/** A server with next to nothing to do that is later than this at p99 was kept from running. */
const BUSY_LAG_NS = 2e6

interface Column {
  readonly head: readonly [string, string]
  readonly of: (point: CalibrationPoint) => string
  /** Left out where the terminal is narrow. */
  readonly wide?: true
}

const COLUMNS: readonly Column[] = [
  { head: ['', 'pattern'], of: ({ pattern }) => pattern },
  { head: ['', 'threads'], of: ({ workers }) => formatCount(workers), wide: true },
  { head: ['', 'streams'], of: ({ streams }) => formatCount(streams) },
  { head: ['a stream', 'chunks/s'], of: ({ perStreamPerSec }) => formatCount(perStreamPerSec) },
  { head: ['in all', 'chunks/s'], of: ({ chunksPerSec }) => formatCount(chunksPerSec) },
  { head: ['stamp', 'p50'], of: ({ stampError }) => formatDuration(stampError?.p50Ns ?? null) },
  { head: ['error', 'p99'], of: ({ stampError }) => formatDuration(stampError?.p99Ns ?? null) },
  { head: ['', 'max'], of: ({ stampError }) => formatDuration(stampError?.maxNs ?? null), wide: true },
  {
    head: ['dispatch', 'p99'],
    of: ({ dispatchError }) => formatDuration(dispatchError?.p99Ns ?? null),
    wide: true,
  },
  {
    head: ['CPU', 'a chunk'],
    of: ({ threadCpuPerChunkNs, processCpuPerChunkNs }) =>
      formatDuration(threadCpuPerChunkNs ?? processCpuPerChunkNs),
    wide: true,
  },
]

/** A calibration for a terminal: the machine, a table of all points, and what follows in plain words. Ends with a line feed. */
export function renderCalibration(calibration: Calibration, { color, width }: TerminalOptions): string {
  const palette = createPalette(color)
  const room = width - INDENT.length
  const whole = pointTable(calibration.points, COLUMNS)
  const table = whole.every((line) => line.length <= room)
    ? whole
    : pointTable(
        calibration.points,
        COLUMNS.filter(({ wide }) => wide !== true),
      )
  const lines = [
    palette.bold('How exactly this machine measures'),
    ...wrapText(describeMachine(calibration), room).map(palette.dim),
    '',
    ...table.slice(0, 2).map(palette.dim),
    ...table.slice(2),
    '',
    ...limitLines(calibration.limits).flatMap((text) => wrapText(text, room)),
    ...remarks(calibration).flatMap((text) => ['', ...wrapText(text, room)]),
  ]
  return `\n${lines.map((line) => (INDENT + line).trimEnd()).join('\n')}\n`
}

/** One line while it runs: what a point showed. */
export function describePoint(point: CalibrationPoint): string {
  const { stampError, chunksPerSec, failedStreams } = point
  const lost = failedStreams === 0 ? '' : `, ${formatQuantity(failedStreams, 'stream')} unfinished`
  return `${formatCount(chunksPerSec)} chunks/s, stamp error p50 ${formatDuration(stampError?.p50Ns ?? null)}, p99 ${formatDuration(stampError?.p99Ns ?? null)}${lost}`
}

function pointTable(points: readonly CalibrationPoint[], columns: readonly Column[]): readonly string[] {
  return alignTable([
    columns.map(({ head }) => head[0]),
    columns.map(({ head }) => head[1]),
    ...points.map((point) => columns.map(({ of }) => of(point))),
  ])
}

function limitLines(limits: readonly CalibrationLimit[]): string[] {
  const threads = [...new Set(limits.map(({ workers }) => workers))]
  return threads.map((each) => describeLimits(limits.filter(({ workers }) => workers === each)))
}

/** `With 1 thread the p99 stamp error stays under 1 ms up to 20 000 chunks/s and under 5 ms up to ...` */
function describeLimits(limits: readonly CalibrationLimit[]): string {
  const parts = limits.map(({ withinNs, chunksPerSec, isLowerBound }) => {
    const bound = `under ${formatSetting(withinNs)}`
    if (chunksPerSec === null) return `${bound} at no load that was measured`
    const load = `${formatCount(Number(chunksPerSec.toPrecision(3)))} chunks/s`
    return isLowerBound ? `${bound} at every load, up to ${load}` : `${bound} up to ${load}`
  })
  return `With ${formatQuantity(limits[0]!.workers, 'thread')} the p99 stamp error stays ${parts.join(', ')}.`
}

function describeMachine({ machine, versions, measuredAt, loadAverage }: Calibration): string {
  const date = measuredAt.slice(0, 16).replace('T', ' ')
  return `${machine.cpu}, ${formatQuantity(machine.cores, 'core')}, ${machine.os}; Node ${versions.node}, Metron ${versions.metron}; ${date} UTC; load average ${formatSignificant(loadAverage)} when it began`
}

function remarks(calibration: Calibration): string[] {
  const { complete, points } = calibration
  const lost = points.reduce(
    (sum, { expectedChunks, stampedChunks }) => sum + expectedChunks - stampedChunks,
    0,
  )
  return [
    ...(complete ? [] : ['It was ended before all loads were measured.']),
    ...(lost > 0
      ? [`${formatQuantity(lost, 'chunk')} never came, because streams were given up at loads too high.`]
      : []),
    ...(isBusy(calibration)
      ? ['Other programs kept the machine busy: calibrate again when it is quiet.']
      : []),
  ]
}

/** Whether there was other work at the beginning, or even the lowest load found the reference server late. */
function isBusy({ loadAverage, machine, points }: Calibration): boolean {
  const lowest = points
    .filter(({ serverLag }) => serverLag !== null)
    .reduce<CalibrationPoint | null>(
      (low, point) => (low === null || point.chunksPerSec < low.chunksPerSec ? point : low),
      null,
    )
  return loadAverage > machine.cores / 2 || (lowest?.serverLag?.p99Ns ?? 0) > BUSY_LAG_NS
}
