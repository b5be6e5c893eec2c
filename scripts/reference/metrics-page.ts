import { METRIC_CATALOG } from '../../src/metrics/catalog.ts'
import type { MetricDefinition } from '../../src/metrics/metric-definition.ts'
import { OBJECTIVE_NAMES } from '../../src/slo/objective-metrics.ts'
import { markdownTable } from './markdown-table.ts'

const TITLES: Readonly<Record<MetricDefinition['scope'], string>> = {
  request: 'One value a request',
  token: 'One value a token',
  run: 'One value a run',
}

const INTRO = `# Metrics

What each number in the terminal, in \`report.html\` and in \`summary.json\` means. This page is made from the metric
catalog in the code (\`npm run reference\`).

- **Moments** of a request, in the order in which they come: *due* (the schedule says send now), *dispatched*, *sent*
  (its last byte was given to the socket), *headers*, each *chunk*, *end*.
  [How it measures](../explain/how-it-measures.md) shows them.
- **Origin.** Latencies count from *due*, or from *sent* with \`--latency-from sent\`; reports say which.
- **Tokens** take the arrival of the chunk that held them; times are never interpolated.
- **Percentiles** are of type 7 of Hyndman and Fan (linear, as in numpy). Each stands beside its number of samples.
- **Failed requests** have no latency. They miss every objective, unless \`--failed-requests exclude\` leaves them out.
- **No value** is \`null\` in files and a dash where people read; it is never 0.
- Times are whole nanoseconds in files and in code, and milliseconds or seconds where people read.
`

/** `docs/reference/metrics.md`, from the metric catalog. */
export function metricsPage(): string {
  const sources = [...new Set(METRIC_CATALOG.map(({ source }) => source))]
  const tables = Object.entries(TITLES).map(([scope, title]) => {
    const rows = METRIC_CATALOG.filter((metric) => metric.scope === scope).map((metric) => [
      `\`${metric.id}\``,
      metric.label,
      metric.definition,
      metric.unit,
      metric.better,
      `[${sources.indexOf(metric.source) + 1}]`,
    ])
    return `## ${title}\n\n${markdownTable(['Id', 'Name', 'Definition', 'Unit', 'Better', 'Source'], rows)}`
  })
  const names = OBJECTIVE_NAMES.map((name) => `\`${name}\``).join(', ')
  return [
    INTRO,
    ...tables,
    `## Objectives\n\nAn objective (\`--slo\`) bounds one of: ${names}. [Exit codes](exit-codes.md) says how it is written and judged.\n`,
    `## Sources\n\n${sources.map((source, index) => `${index + 1}. ${source}`).join('\n')}\n`,
  ].join('\n')
}
