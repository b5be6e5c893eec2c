import { METRIC_CATALOG } from '../metrics/catalog.ts'
import type { MetricDefinition } from '../metrics/metric-definition.ts'

/** Short names that people write, and the ids they stand for. */
const ALIASES: Readonly<Record<string, string>> = { fluidity: 'fluidity-index' }

const bounded = new Map<string, MetricDefinition>()
for (const metric of METRIC_CATALOG) {
  if (metric.scope !== 'run' && metric.better !== 'neither') bounded.set(metric.id, metric)
}

/** Every name an objective may bound, `errors` and short names included. */
export const OBJECTIVE_NAMES: readonly string[] = [...Object.keys(ALIASES), ...bounded.keys(), 'errors']

/** The metric an objective names, by id or short name; `undefined` when objectives cannot bound it, as for `errors`. */
export function objectiveMetric(name: string): MetricDefinition | undefined {
  return bounded.get(ALIASES[name] ?? name)
}
