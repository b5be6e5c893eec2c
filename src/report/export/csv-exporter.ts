import { REQUEST_METRICS } from '../../metrics/catalog.ts'
import type { MetricUnit } from '../../metrics/metric-definition.ts'
import type { Exporter } from './exporter.ts'

const SUFFIXES: Readonly<Record<MetricUnit, string>> = {
  ns: '_ns',
  tokens: '',
  'tokens/s': '_tokens_per_s',
  'requests/s': '_requests_per_s',
  fraction: '_fraction',
  requests: '',
}

/** One row a measured request: what became of it, and every metric that has a value a request. No value is an empty cell. */
export const csvExporter: Exporter = {
  kind: 'csv',
  summary: 'one row a measured request with every metric, for spreadsheets and data frames',
  render({ requests }) {
    const header = [
      'id',
      'due_ns',
      'until_ns',
      'failure',
      'token_source',
      ...REQUEST_METRICS.map(({ id, unit }) => id.replaceAll('-', '_') + SUFFIXES[unit]),
    ]
    const rows = requests.map((request) => [
      request.id,
      request.dueNs,
      request.untilNs,
      request.failure,
      request.tokenSource,
      ...REQUEST_METRICS.map(({ of }) => of(request)),
    ])
    return [header, ...rows].map((row) => `${row.map((cell) => cell ?? '').join(',')}\n`).join('')
  },
}
