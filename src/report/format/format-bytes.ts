import { formatSignificant } from './format-significant.ts'
import { MISSING } from './missing.ts'

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Bytes in binary units, three significant digits: `512 B`, `1.50 GiB`. `null` and non-finite give an en dash. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes)) return MISSING
  let index = 0
  let value = bytes
  while (Math.abs(value) >= 1024 && index < UNITS.length - 1) {
    value /= 1024
    index += 1
  }
  return `${formatSignificant(value)} ${UNITS[index]}`
}
