import type { CdfView } from '../view/chart-view.ts'

const LEVELS = '▁▂▃▄▅▆▇█'

/**
 * The density of a distribution as one line of blocks on a log axis from its least positive to its greatest value. A column
 * with any sample shows at least the lowest block; one without shows a space. Values of 0 count in the first column.
 *
 * Empty string without samples; one full block when all samples are equal.
 */
export function sparkHistogram(cdf: CdfView, columns: number): string {
  const last = cdf.values.at(-1)
  if (last === undefined || columns < 1) return ''
  const first = cdf.values.find((value) => value > 0)
  if (first === undefined || first === last) return LEVELS.at(-1)!
  const mass = new Array<number>(columns).fill(0)
  const scale = columns / Math.log(last / first)
  let before = 0
  for (const [i, value] of cdf.values.entries()) {
    const column = value <= 0 ? 0 : Math.min(columns - 1, Math.floor(Math.log(value / first) * scale))
    mass[column]! += cdf.shares[i]! - before
    before = cdf.shares[i]!
  }
  const most = Math.max(...mass)
  return mass
    .map((share) => (share <= 0 ? ' ' : LEVELS[Math.ceil((share / most) * LEVELS.length) - 1]!))
    .join('')
}
