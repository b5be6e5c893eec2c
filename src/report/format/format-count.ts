import { MISSING } from './missing.ts'

/** Narrow no-break space: groups digits without looking like a decimal sign in any language. */
const THIN_SPACE = '\u202f'

/**
 * A whole number for people, digits grouped by three from 10 000 on: `9999`, `12 345`, `1 234 567`.
 *
 * Rounds to the nearest integer. `null`, NaN and infinities give an en dash.
 */
export function formatCount(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return MISSING
  const rounded = Math.round(value)
  const digits = String(Math.abs(rounded))
  const grouped = Math.abs(rounded) < 10_000 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
  return rounded < 0 ? `−${grouped}` : grouped
}

/** A count with its noun: `1 request`, `12 345 requests`. */
export function formatQuantity(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${Math.round(value) === 1 ? singular : plural}`
}
