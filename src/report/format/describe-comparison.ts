import type { Comparison, ComparisonRow } from '../../compare/comparison.ts'
import { formatFraction } from './format-fraction.ts'
import { MISSING } from './missing.ts'

/** `+12.3 %` of A's value or, of shares and indices, `+0.012`. */
export function describeChange(change: number | null, kind: ComparisonRow['changeKind']): string {
  if (change === null || !Number.isFinite(change)) return MISSING
  const sign = change > 0 ? '+' : change < 0 ? '−' : ''
  const size = Math.abs(change)
  return kind === 'relative' ? `${sign}${formatFraction(size)}` : `${sign}${size.toFixed(3)}`
}

/** `−1.2 % to +3.4 %`. */
export function describeChangeInterval({ changeInterval, changeKind }: ComparisonRow): string {
  if (changeInterval === null) return MISSING
  return `${describeChange(changeInterval.low, changeKind)} to ${describeChange(changeInterval.high, changeKind)}`
}

/** `Time to first token, p90`. */
export function describeStatistic({ label, statistic }: ComparisonRow): string {
  return statistic === 'share' ? label : `${label}, ${statistic}`
}

/** How the intervals were made, and what a regression is. */
export function describeComparison({ confidenceFraction, resampled, rows }: Comparison): string {
  const drawn = resampled === 'runs' ? 'runs and their requests' : 'requests'
  const margins = [...new Set(rows.map(({ margin, changeKind }) => `${describeChange(margin, changeKind)}`))]
  return (
    `Change is from A to B: relative or, for shares and indices, absolute. Intervals by bootstrap over ${drawn}; all of them hold ` +
    `together with ${formatFraction(confidenceFraction)} confidence. A regression is worse beyond its margin (${margins.join(', ')}), ` +
    'with an interval that excludes no change.'
  )
}
