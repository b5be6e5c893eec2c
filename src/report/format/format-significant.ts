import { formatCount } from './format-count.ts'
import { MISSING } from './missing.ts'

/**
 * A number to three significant digits without an exponent: `0.0123`, `1.24`, `12.3`, `123`, `12 345`.
 *
 * Numbers from 1000 on show every digit before the decimal sign, grouped. Below 1e-6 the digits are gone: `<0.000001`.
 * `null`, NaN and infinities give an en dash; 0 is `0`.
 */
export function formatSignificant(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return MISSING
  if (value === 0) return '0'
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  if (size >= 999.5) return formatCount(value)
  if (size < 1e-6) return `${sign}<0.000001`
  const rounded = Number(size.toPrecision(3))
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(rounded)))
  return sign + rounded.toFixed(decimals)
}
