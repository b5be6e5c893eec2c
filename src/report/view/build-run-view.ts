import { type MeasuredRequests, measureRequests } from '../../metrics/measure-requests.ts'
import type { MetricOptions, RunSummary } from '../../metrics/run-summary.ts'
import type { Manifest } from '../../records/manifest.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import type { Verdict } from '../../slo/objective.ts'
import { buildCdfs } from './build-cdfs.ts'
import { buildDeadlineCurve } from './build-deadline-curve.ts'
import { buildFailures } from './build-failures.ts'
import { buildHealth } from './build-health.ts'
import { buildInFlight } from './build-in-flight.ts'
import { buildMetricRows, buildScalarRows } from './build-metric-rows.ts'
import { buildPromptScatter } from './build-prompt-scatter.ts'
import { buildReproduce } from './build-reproduce.ts'
import { buildTimeline } from './build-timeline.ts'
import { chooseRequests } from './choose-requests.ts'
import { findWarnings } from './find-warnings.ts'
import { judgeFelt } from './judge-felt.ts'
import type { RunTitle, RunView } from './run-view.ts'

/** What a view is folded from. */
export interface RunViewInput {
  readonly manifest: Manifest
  /** All records of the run, warm-up included, in any order. */
  readonly records: readonly RequestRecord[]
  /** Made from the same records by the same options. */
  readonly summary: RunSummary
  readonly verdicts: readonly Verdict[]
  readonly options: MetricOptions
  /** The resolved config as text, such as YAML; JSON of the manifest's when absent. */
  readonly configText?: string
  /** `measureRequests(records, options)` when it is at hand already; measured anew when absent. */
  readonly measured?: MeasuredRequests
  /** Tokens of answers by the model's own tokenizer, by request id, where they were counted to check the server's count. */
  readonly tokenizerCounts?: ReadonlyMap<number, number>
}

/**
 * Folds a run into the one model that terminal, report and exports read. No records give a view that says so.
 *
 * @throws MetronError `bad-config` when a deadline of the options is out of range
 */
export function buildRunView(input: RunViewInput): RunView {
  const { manifest, records, summary, verdicts, options } = input
  const { requests } = input.measured ?? measureRequests(records, options)
  const health = buildHealth(manifest.health, manifest.users, manifest.imported)
  const failures = buildFailures(requests, records)
  return {
    title: buildTitle(manifest, summary),
    felt: judgeFelt(summary, health),
    health,
    warnings: findWarnings({ ...input, requests, failures }),
    origin: summary.options.origin,
    deadlines: {
      ttft: summary.options.ttftDeadline,
      tbtNs: summary.options.tbtDeadlineNs,
      ignoreFirst: summary.options.ignoreFirst,
    },
    failedRequests: summary.options.failedRequests,
    metrics: buildMetricRows(summary),
    scalars: buildScalarRows(summary),
    objectives: verdicts,
    cdfs: buildCdfs(requests, summary, options),
    deadlineCurve: buildDeadlineCurve(summary),
    promptScatter: buildPromptScatter(requests, options),
    timelines: chooseRequests(requests).map((chosen) => buildTimeline(chosen, options)),
    inFlight: buildInFlight(records, options.measureFromNs),
    failures,
    reproduce: buildReproduce(manifest, input.configText),
  }
}

function buildTitle(manifest: Manifest, { counts, window }: RunSummary): RunTitle {
  return {
    name: manifest.name,
    url: manifest.target.url,
    protocol: manifest.target.protocol,
    model: manifest.target.model,
    startedAt: manifest.startedAt,
    status: manifest.status,
    measuredNs: window === null ? null : window.toNs - window.fromNs,
    warmupRequests: counts.warmup,
    measuredRequests: counts.measured,
    okRequests: counts.ok,
    failedRequests: counts.failed,
    outputTokens: counts.outputTokens,
  }
}
