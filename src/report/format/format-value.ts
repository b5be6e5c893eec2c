import type { MetricUnit } from '../../metrics/metric-definition.ts'
import { formatCount } from './format-count.ts'
import { formatDuration } from './format-duration.ts'
import { formatFraction } from './format-fraction.ts'
import { formatSignificant } from './format-significant.ts'
import { MISSING } from './missing.ts'

/**
 * The value of any metric, with its unit, for people. Three significant digits; `null` is an en dash, never 0.
 *
 * Fractions are percentages; `formatMetric` knows which metrics are indices.
 */
export function formatValue(value: number | null, unit: MetricUnit): string {
  if (value === null || !Number.isFinite(value)) return MISSING
  switch (unit) {
    case 'ns':
      return formatDuration(value)
    case 'fraction':
      return formatFraction(value)
    case 'tokens':
    case 'requests':
      return formatCount(value)
    case 'tokens/s':
      return `${formatSignificant(value)} tok/s`
    case 'requests/s':
      return `${formatSignificant(value)} req/s`
  }
}
