import { csvExporter } from './csv-exporter.ts'
import type { Exporter } from './exporter.ts'
import { jsonExporter } from './json-exporter.ts'
import { prometheusExporter } from './prometheus-exporter.ts'
import { traceExporter } from './trace-exporter.ts'

/** Every format a run can be exported to. To add one: an object, and a line here. */
export const EXPORTERS: readonly Exporter[] = [csvExporter, jsonExporter, prometheusExporter, traceExporter]
