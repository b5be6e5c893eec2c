/**
 * Metron as a library: run a benchmark, read a run, compute its metrics.
 *
 * @module
 */

export { bench } from './app/bench.ts'
export type { BenchHooks } from './app/bench-hooks.ts'
export type { FinishedRun } from './app/finish-run.ts'
export type { Config, ConfigInput } from './config/config-schema.ts'
export { MetronError, type MetronErrorCode } from './errors/metron-error.ts'
export { METRIC_CATALOG } from './metrics/catalog.ts'
export { fluidTokenRate } from './metrics/fluid-token-rate.ts'
export { fluidityIndex } from './metrics/fluidity-index.ts'
export type { MetricDefinition, MetricUnit } from './metrics/metric-definition.ts'
export type {
  Distribution,
  LatencyOrigin,
  MetricOptions,
  RunScalar,
  RunSummary,
} from './metrics/run-summary.ts'
export { smallestTbtDeadline } from './metrics/smallest-tbt-deadline.ts'
export { type SummaryOptions, summarize } from './metrics/summarize.ts'
export { tokenFluidity } from './metrics/token-fluidity.ts'
export type { InstrumentHealth, Manifest } from './records/manifest.ts'
export { FAILURE_REASONS, type FailureReason, type Outcome } from './records/outcome.ts'
export type { Chunks, Moments, RequestRecord, TokenSource } from './records/request-record.ts'
export { evaluateObjective } from './slo/evaluate-objective.ts'
export type { Objective, Verdict } from './slo/objective.ts'
export { parseObjective } from './slo/parse-objective.ts'
export { readRun, type StoredRun } from './storage/read-run.ts'
