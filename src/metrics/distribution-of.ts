import { quantilesOf } from '../numerics/quantiles-of.ts'
import type { Distribution } from './run-summary.ts'

const SHARES = [0.5, 0.9, 0.95, 0.99]

/** The distribution of the samples of one metric. **Reorders `values`**, which must be free of NaN. */
export function distributionOf(id: string, values: Float64Array): Distribution {
  const { count, mean, min, max, quantiles } = quantilesOf(values, SHARES)
  const [p50, p90, p95, p99] = quantiles
  return { id, count, mean, min, p50: p50!, p90: p90!, p95: p95!, p99: p99!, max }
}
