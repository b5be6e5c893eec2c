import type { Config } from '../config/config-schema.ts'
import { type MeasuredRequests, measureRequests } from '../metrics/measure-requests.ts'
import type { MetricOptions, RunSummary } from '../metrics/run-summary.ts'
import { summarizeMeasured } from '../metrics/summarize.ts'
import type { Manifest } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { buildRunView } from '../report/view/build-run-view.ts'
import type { RunView } from '../report/view/run-view.ts'
import { evaluateObjective } from '../slo/evaluate-objective.ts'
import type { Objective, Verdict } from '../slo/objective.ts'
import { voidVerdict } from '../slo/void-verdict.ts'
import { ttftDeadlineOptions } from './ttft-deadline.ts'

/** A run as judged under one set of opinions. */
export interface JudgedRun {
  /** What summary and verdicts were computed from. */
  readonly measured: MeasuredRequests
  readonly summary: RunSummary
  readonly verdicts: readonly Verdict[]
  readonly view: RunView
}

/**
 * Computes everything that is shown of a run from its records: nothing here sends a request or reads a file. No objective
 * is judged when the client itself was the limit of the run. `tokenizerCounts`: see `RunViewInput`.
 */
export function judgeRun(
  manifest: Manifest,
  records: readonly RequestRecord[],
  score: Config['score'],
  objectives: readonly Objective[],
  tokenizerCounts: ReadonlyMap<number, number> = new Map(),
): JudgedRun {
  const options: MetricOptions & { readonly ttftDeadlineText: string } = {
    origin: score.latencyFrom,
    ...ttftDeadlineOptions(score.ttftDeadline),
    tbtDeadlineNs: score.tbtDeadline,
    ignoreFirst: score.ignoreFirst,
    minFluidity: score.minFluidity,
    requestFraction: score.requestFraction,
    failedRequests: score.failedRequests,
    measureFromNs: manifest.measureFromNs,
  }
  const measured = measureRequests(records, options)
  const summary = summarizeMeasured(measured, options)
  const judged = objectives.map((objective) => evaluateObjective(objective, measured, options))
  const verdicts = manifest.health?.verdict === 'invalid' ? judged.map(voidVerdict) : judged
  return {
    measured,
    summary,
    verdicts,
    view: buildRunView({ manifest, records, measured, summary, verdicts, options, tokenizerCounts }),
  }
}
