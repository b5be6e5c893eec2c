import { MISSING } from './missing.ts'

/**
 * A fraction as a percentage: `0 %`, `0.12 %`, `12.3 %`, `99.97 %`, `100 %`.
 *
 * Never rounds to an end that was not reached: 0.99999 is `>99.99 %` and 0.00001 is `<0.01 %`, because one miss in
 * 100 000 is not none. `null`, NaN and infinities give an en dash.
 */
export function formatFraction(fraction: number | null): string {
  if (fraction === null || !Number.isFinite(fraction)) return MISSING
  if (fraction === 0) return '0 %'
  if (fraction === 1) return '100 %'
  if (fraction < 0) return `−${formatFraction(-fraction)}`
  const percent = fraction * 100
  if (percent < 0.01) return '<0.01 %'
  if (percent > 99.99 && percent < 100) return '>99.99 %'
  const decimals = percent < 1 || (percent > 99 && percent < 100) ? 2 : 1
  return `${trimZeros(percent.toFixed(decimals))} %`
}

/**
 * An index between 0 and 1 with three decimals, such as a fluidity-index: `0.873`. Like {@link formatFraction}, it does not
 * round to 1 or 0 unless the value is exactly that: 0.9998 is `0.999+`.
 */
export function formatIndex(index: number | null): string {
  if (index === null || !Number.isFinite(index)) return MISSING
  if (index === 1) return '1.000'
  if (index > 0.9995 && index < 1) return '0.999+'
  if (index > 0 && index < 0.0005) return '<0.001'
  return index < 0 ? `−${formatIndex(-index)}` : index.toFixed(3)
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
