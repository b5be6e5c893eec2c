import type { MetricUnit } from '../../metrics/metric-definition.ts'
import type { LatencyOrigin } from '../../metrics/run-summary.ts'
import type { FailureReason } from '../../records/outcome.ts'
import type { Verdict } from '../../slo/objective.ts'
import type { CdfView, DeadlineCurveView, InFlightView, PromptScatterView } from './chart-view.ts'
import type { TimelineView } from './timeline-view.ts'

/**
 * One run as people see it: terminal, report, dashboard and exports read this and nothing else, so that they cannot disagree.
 *
 * Plain JSON. Values are held in the unit of their metric (ns, fractions, tokens/s); turning them into text is the
 * business of `format/`. Missing values are `null`. Strings from servers, files and configs are as they came: hostile.
 */
export interface RunView {
  readonly title: RunTitle
  readonly felt: FeltVerdict
  readonly health: HealthView
  /** What weakens the numbers of this run, most important first; empty when nothing does. */
  readonly warnings: readonly ViewWarning[]
  readonly origin: LatencyOrigin
  readonly deadlines: DeadlinesView
  /** Failed requests count as misses, or are left out. */
  readonly failedRequests: 'miss' | 'exclude'
  readonly metrics: readonly MetricRow[]
  readonly scalars: readonly ScalarRow[]
  readonly objectives: readonly Verdict[]
  readonly cdfs: readonly CdfView[]
  readonly deadlineCurve: DeadlineCurveView
  readonly promptScatter: PromptScatterView
  readonly timelines: readonly TimelineView[]
  readonly inFlight: InFlightView
  /** Most frequent first. */
  readonly failures: readonly FailureRow[]
  readonly reproduce: ReproduceView
}

/** What was measured, when, and how much of it. */
export interface RunTitle {
  readonly name: string
  /** `null`: the embedded engine. */
  readonly url: string | null
  readonly protocol: string
  readonly model: string
  /** ISO 8601 UTC. */
  readonly startedAt: string
  readonly status: 'running' | 'complete' | 'interrupted' | 'failed'
  /** Length of the measured window; `null` without data. */
  readonly measuredNs: number | null
  readonly warmupRequests: number
  readonly measuredRequests: number
  readonly okRequests: number
  readonly failedRequests: number
  readonly outputTokens: number
}

/**
 * Whether the run felt smooth: at least `requestFraction` of the measured requests had a fluidity-index of `minFluidity`.
 *
 * - `void`: the instrument spoiled the run, so that nothing may be said.
 * - `no-data`: fewer than 10 requests with a fluidity-index.
 */
export interface FeltVerdict {
  readonly kind: 'smooth' | 'not-smooth' | 'no-data' | 'void'
  /** Two to five words. */
  readonly headline: string
  /** One or two sentences with the numbers. */
  readonly explanation: string
  /** Share of requests that were fluid; `null` without data. */
  readonly fluidFraction: number | null
  readonly requests: number
  readonly minFluidity: number
  readonly requestFraction: number
}

/** What the instrument says of itself. `unknown`: the run was cut off before it could say. */
export interface HealthView {
  readonly verdict: 'valid' | 'degraded' | 'invalid' | 'unknown'
  readonly headline: string
  readonly reasons: readonly string[]
  readonly facts: readonly HealthFact[]
}

/** One line of the instrument's own error. */
export interface HealthFact {
  readonly label: string
  /** Formatted, with its unit. */
  readonly value: string
  /** What the number means and why it matters, one sentence. */
  readonly meaning: string
}

export interface ViewWarning {
  /** Stable, kebab-case. */
  readonly id: string
  readonly text: string
}

/** The deadlines that fluidity was judged by. */
export interface DeadlinesView {
  /** In words: `300 ms`, or the prefill curve it comes from. */
  readonly ttft: string
  readonly tbtNs: number
  readonly ignoreFirst: boolean
}

/** A metric with samples. Percentiles are type 7. */
export interface MetricRow {
  readonly id: string
  readonly label: string
  readonly unit: MetricUnit
  readonly better: 'lower' | 'higher' | 'neither'
  readonly scope: 'request' | 'token' | 'run'
  readonly definition: string
  readonly source: string
  readonly count: number
  readonly mean: number | null
  readonly min: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly max: number | null
}

/** A metric with one value for the run. */
export interface ScalarRow {
  readonly id: string
  readonly label: string
  readonly unit: MetricUnit
  readonly better: 'lower' | 'higher' | 'neither'
  readonly definition: string
  readonly source: string
  readonly value: number | null
  readonly count: number
}

/** Measured requests that failed for one reason. */
export interface FailureRow {
  readonly reason: FailureReason
  readonly meaning: string
  readonly count: number
  /** Of all measured requests. */
  readonly fraction: number
  /** The detail of the first such request. Server text. */
  readonly example: string
}

/** Everything needed to run it again. */
export interface ReproduceView {
  readonly command: string
  /** YAML as the caller wrote it, or JSON. */
  readonly config: string
  readonly facts: readonly { readonly label: string; readonly value: string }[]
}
