import type { Exporter } from './exporter.ts'

/** The view that terminal and report are made of. */
export const jsonExporter: Exporter = {
  kind: 'json',
  summary: 'everything that the report shows, times in ns, as one JSON document',
  render: ({ view }) => `${JSON.stringify(view, null, 2)}\n`,
}
