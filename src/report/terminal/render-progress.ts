import { formatCount } from '../format/format-count.ts'
import { formatDuration, formatElapsed } from '../format/format-duration.ts'
import { formatSignificant } from '../format/format-significant.ts'
import { createPalette, type Palette } from './palette.ts'
import type { TerminalOptions } from './render-summary.ts'

/** Where a live run stands. `null`: not known, or not yet. */
export interface RunProgress {
  readonly elapsedNs: number
  /** Planned length of the run. */
  readonly totalNs: number | null
  readonly dispatched: number
  readonly planned: number | null
  readonly inFlight: number
  /** Requests that ended, failed ones included. */
  readonly ended: number
  readonly failed: number
  readonly offeredPerSec: number | null
  readonly achievedPerSec: number | null
  readonly ttftP50Ns: number | null
  readonly tbtP50Ns: number | null
  readonly lagP99Ns: number | null
}

/**
 * A live run as three steady lines, none wider than the terminal: how far, what load, what users feel. What does not fit is left
 * out from the right, whole words at a time.
 */
export function renderProgress(progress: RunProgress, options: TerminalOptions): string[] {
  const palette = createPalette(options.color)
  const width = Math.max(20, options.width - 1)
  return [
    howFar(progress, palette, width),
    fitLine(
      [
        ['sent', formatCount(progress.dispatched)],
        ['in flight', formatCount(progress.inFlight)],
        ['ended', formatCount(progress.ended)],
        ['failed', formatCount(progress.failed), progress.failed > 0],
        ['offered', rate(progress.offeredPerSec)],
        ['achieved', rate(progress.achievedPerSec)],
      ],
      palette,
      width,
    ),
    fitLine(
      [
        ['TTFT p50', formatDuration(progress.ttftP50Ns)],
        ['TBT p50', formatDuration(progress.tbtP50Ns)],
        ['lag p99', formatDuration(progress.lagP99Ns)],
      ],
      palette,
      width,
    ),
  ]
}

function howFar(progress: RunProgress, palette: Palette, width: number): string {
  const done = share(progress)
  const clock =
    progress.totalNs === null
      ? formatElapsed(progress.elapsedNs)
      : `${formatElapsed(progress.elapsedNs)} / ${formatElapsed(progress.totalNs)}`
  const plan = progress.planned === null ? '' : `   ${formatCount(progress.planned)} planned`
  const words = `${clock}${plan}`.slice(0, width)
  const columns = Math.min(32, width - words.length - 2)
  if (done === null || columns < 8) return words
  const full = Math.round(done * columns)
  return `${palette.accent('━'.repeat(full))}${palette.dim('─'.repeat(columns - full))}  ${words}`
}

/** The share done, by time or by requests, whichever is further behind; `null` when the run is open-ended. */
function share({ elapsedNs, totalNs, ended, planned }: RunProgress): number | null {
  const shares: number[] = []
  if (totalNs !== null && totalNs > 0) shares.push(elapsedNs / totalNs)
  else if (planned !== null && planned > 0) shares.push(ended / planned)
  return shares.length === 0 ? null : Math.min(1, Math.max(0, ...shares))
}

function rate(perSec: number | null): string {
  return perSec === null ? formatSignificant(null) : `${formatSignificant(perSec)}/s`
}

function fitLine(
  parts: readonly (readonly [string, string, boolean?])[],
  palette: Palette,
  width: number,
): string {
  let used = 0
  let line = ''
  for (const [label, value, bad] of parts) {
    const gap = line === '' ? '' : '   '
    used += gap.length + label.length + 1 + value.length
    if (used > width) break
    line += `${gap}${palette.dim(label)} ${bad ? palette.tone('bad', value) : value}`
  }
  return line
}
