import type { MetricUnit } from '../../metrics/metric-definition.ts'
import { formatFraction, formatIndex } from './format-fraction.ts'
import { formatValue } from './format-value.ts'

/**
 * The value of a metric as people write it: fluidity indices with three decimals (`0.873`), every other fraction as a
 * percentage, the rest as {@link formatValue} does. `null` is an en dash.
 */
export function formatMetric(
  value: number | null,
  metric: { readonly id: string; readonly unit: MetricUnit },
): string {
  if (metric.unit !== 'fraction') return formatValue(value, metric.unit)
  return metric.id === 'fluidity-index' || metric.id === 'token-fluidity'
    ? formatIndex(value)
    : formatFraction(value)
}
