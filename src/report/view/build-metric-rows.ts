import { findMetric } from '../../metrics/catalog.ts'
import type { RunSummary } from '../../metrics/run-summary.ts'
import type { MetricRow, ScalarRow } from './run-view.ts'

/** The distributions of a summary beside their definitions, in the summary's order. Ids the catalog does not know are left out. */
export function buildMetricRows(summary: RunSummary): readonly MetricRow[] {
  return summary.distributions.flatMap((distribution) => {
    const metric = findMetric(distribution.id)
    if (metric === undefined) return []
    const { id, label, unit, better, scope, definition, source } = metric
    return [{ ...distribution, id, label, unit, better, scope, definition, source }]
  })
}

/** The scalars of a summary beside their definitions, in the summary's order. Ids the catalog does not know are left out. */
export function buildScalarRows(summary: RunSummary): readonly ScalarRow[] {
  return summary.scalars.flatMap(({ id, value, count }) => {
    const metric = findMetric(id)
    if (metric === undefined) return []
    const { label, unit, better, definition, source } = metric
    return [{ id, label, unit, better, definition, source, value, count }]
  })
}
