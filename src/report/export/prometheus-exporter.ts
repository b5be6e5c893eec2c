import type { MetricUnit } from '../../metrics/metric-definition.ts'
import type { Exporter } from './exporter.ts'

/** Base units, as Prometheus names them, and what a value is divided by. */
const UNITS: Readonly<Record<MetricUnit, { readonly suffix: string; readonly scale: number }>> = {
  ns: { suffix: '_seconds', scale: 1e9 },
  tokens: { suffix: '_tokens', scale: 1 },
  'tokens/s': { suffix: '_tokens_per_second', scale: 1 },
  'requests/s': { suffix: '_requests_per_second', scale: 1 },
  fraction: { suffix: '_ratio', scale: 1 },
  requests: { suffix: '_requests', scale: 1 },
}

/**
 * Results as gauges and summaries in the Prometheus text format 0.0.4, such as node exporter's textfile collector or a push
 * gateway take. Metrics without a value are left out. Times in seconds.
 */
export const prometheusExporter: Exporter = {
  kind: 'prometheus',
  summary: 'Prometheus text format, for a textfile collector or a push gateway',
  render({ view }) {
    const labels = `run="${escapeLabel(view.title.name)}",model="${escapeLabel(view.title.model)}"`
    const lines: string[] = []
    for (const row of view.metrics) {
      const { suffix, scale } = UNITS[row.unit]
      const name = `metron_${row.id.replaceAll('-', '_')}${suffix}`
      const quantiles = [row.p50, row.p90, row.p95, row.p99]
      if (row.mean === null || row.count === 0) continue
      lines.push(`# HELP ${name} ${escapeHelp(row.definition)}`, `# TYPE ${name} summary`)
      for (const [index, value] of quantiles.entries())
        if (value !== null)
          lines.push(`${name}{${labels},quantile="${[0.5, 0.9, 0.95, 0.99][index]}"} ${value / scale}`)
      lines.push(
        `${name}_sum{${labels}} ${(row.mean * row.count) / scale}`,
        `${name}_count{${labels}} ${row.count}`,
      )
    }
    for (const { id, unit, value, definition } of view.scalars) {
      if (value === null) continue
      const { suffix, scale } = UNITS[unit]
      const name = `metron_${id.replaceAll('-', '_')}${suffix}`
      lines.push(`# HELP ${name} ${escapeHelp(definition)}`, `# TYPE ${name} gauge`)
      lines.push(`${name}{${labels}} ${value / scale}`)
    }
    return `${lines.join('\n')}\n`
  },
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
