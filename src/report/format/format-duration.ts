import { formatSignificant } from './format-significant.ts'
import { MISSING } from './missing.ts'

/** From the largest: the first unit in which the value is at least 1 after rounding to three digits is used. */
const UNITS = [
  { ns: 1e9, name: 's' },
  { ns: 1e6, name: 'ms' },
  { ns: 1e3, name: 'µs' },
  { ns: 1, name: 'ns' },
] as const

/**
 * A measured duration in ns, three significant digits: `850 µs`, `12.3 ms`, `1.24 s`, `1234 s`.
 *
 * Digits are kept even when they are zero (`12.0 ms`), because they were measured. `null`, NaN and infinities give
 * an en dash; 0 is `0 ms`.
 */
export function formatDuration(ns: number | null): string {
  if (ns === null || !Number.isFinite(ns)) return MISSING
  if (ns === 0) return '0 ms'
  const size = Number(Math.abs(ns).toPrecision(3))
  const unit = UNITS.find((candidate) => size >= candidate.ns) ?? UNITS[3]
  return `${formatSignificant(ns / unit.ns)} ${unit.name}`
}

/**
 * A chosen duration in ns, such as a deadline: like {@link formatDuration}, without zeros nobody wrote: `25 ms`, `0.5 s`
 * is `500 ms`.
 */
export function formatSetting(ns: number | null): string {
  return formatDuration(ns).replace(/(\.\d*?)0+(?= )/, (_, kept: string) => (kept === '.' ? '' : kept))
}

/**
 * Time on a clock face, for progress and run lengths: `0:07`, `12:34`, `1:02:03`. Rounds down to whole seconds.
 *
 * `null`, NaN, infinities and negative values give an en dash.
 */
export function formatElapsed(ns: number | null): string {
  if (ns === null || !Number.isFinite(ns) || ns < 0) return MISSING
  const seconds = Math.floor(ns / 1e9)
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
