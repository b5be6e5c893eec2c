import { formatCount, formatQuantity } from '../format/format-count.ts'
import { formatFraction } from '../format/format-fraction.ts'
import { formatValue } from '../format/format-value.ts'
import type { MetricRow, RunView, ScalarRow } from './run-view.ts'

/** One number that people quote, formatted, with the half sentence that keeps it honest. */
export interface KeyNumber {
  readonly label: string
  readonly value: string
  readonly aside: string
}

/** The handful of numbers that stand first in terminal and report. A missing one is an en dash. */
export function toKeyNumbers(view: RunView): readonly KeyNumber[] {
  const row = (id: string) => view.metrics.find((metric) => metric.id === id)
  const scalar = (id: string) => view.scalars.find((metric) => metric.id === id)
  const { title } = view
  return [
    percentile('TTFT, median', row('ttft')),
    percentile('TBT, median', row('tbt')),
    percentile('Worst gap, median', row('worst-gap')),
    {
      label: 'Fluid token rate',
      value: scalarText(scalar('fluid-token-rate')),
      aside: `1/p99(TBT) says ${scalarText(scalar('rate-by-p99-tbt'))}`,
    },
    {
      label: 'Output throughput',
      value: scalarText(scalar('output-token-throughput')),
      aside: scalarText(scalar('request-throughput')),
    },
    {
      label: 'Failed',
      value: formatFraction(
        title.measuredRequests === 0 ? null : title.failedRequests / title.measuredRequests,
      ),
      aside: `${formatCount(title.failedRequests)} of ${formatQuantity(title.measuredRequests, 'request')}`,
    },
  ]
}

function percentile(label: string, row: MetricRow | undefined): KeyNumber {
  if (row === undefined) return { label, value: formatValue(null, 'ns'), aside: 'p99 –' }
  return { label, value: formatValue(row.p50, row.unit), aside: `p99 ${formatValue(row.p99, row.unit)}` }
}

function scalarText(row: ScalarRow | undefined): string {
  return row === undefined ? formatValue(null, 'ns') : formatValue(row.value, row.unit)
}
