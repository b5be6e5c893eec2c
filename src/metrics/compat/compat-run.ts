import type { RequestRecord } from '../../records/request-record.ts'
import { countTokens } from '../inter-token-times.ts'
import type { MetricOptions } from '../run-summary.ts'

/** One answered request as a client of another tool would have seen it. Times in ns. */
export interface CompatRequest {
  /** Dispatch, since the run's zero: other tools start their watch just before they call the HTTP client. */
  readonly startNs: number
  /** End of the body, since the start. */
  readonly endNs: number
  /** First chunk of any channel, since the start. */
  readonly firstNs: number
  /** Last chunk of any channel, since the start. */
  readonly lastNs: number
  /** Gaps between chunks in a row, one fewer than there are chunks. */
  readonly gapsNs: readonly number[]
  readonly promptTokens: number
  /** By the server's usage, or else as attributed to the chunks. */
  readonly outputTokens: number
}

/** The measured part of a run, for the definitions of other tools: none of them sees more than this. */
export interface CompatRun {
  /** Answered requests, in order of dispatch. */
  readonly answered: readonly CompatRequest[]
  readonly failed: number
  /** From the first dispatch to the last end of any request; `null` without one. */
  readonly spanNs: number | null
  readonly options: Pick<MetricOptions, 'ttftDeadlineNs' | 'tbtDeadlineNs'>
}

/**
 * Prepares a run for other tools' definitions. Requests due before `measureFromNs` are left out; an answer without a chunk
 * counts as failed.
 */
export function compatRun(
  records: readonly RequestRecord[],
  options: Pick<MetricOptions, 'ttftDeadlineNs' | 'tbtDeadlineNs' | 'measureFromNs'>,
): CompatRun {
  const measured = records.filter(({ moments }) => moments.dueNs >= options.measureFromNs)
  const answered = measured.filter(({ outcome, chunks }) => outcome.kind === 'ok' && chunks.ns.length > 0)
  let fromNs = Number.POSITIVE_INFINITY
  let toNs = Number.NEGATIVE_INFINITY
  for (const { moments } of measured) {
    fromNs = Math.min(fromNs, moments.dispatchedNs)
    toNs = Math.max(toNs, moments.endNs)
  }
  return {
    answered: answered.map(toRequest).sort((a, b) => a.startNs - b.startNs),
    failed: measured.length - answered.length,
    spanNs: measured.length === 0 ? null : toNs - fromNs,
    options,
  }
}

function toRequest(record: RequestRecord): CompatRequest {
  const { ns } = record.chunks
  const startNs = record.moments.dispatchedNs
  const gapsNs: number[] = []
  for (let c = 1; c < ns.length; c++) gapsNs.push(ns[c]! - ns[c - 1]!)
  return {
    startNs,
    endNs: record.moments.endNs - startNs,
    firstNs: ns[0]! - startNs,
    lastNs: ns[ns.length - 1]! - startNs,
    gapsNs,
    promptTokens: record.prompt.serverTokens ?? record.prompt.wantedTokens,
    outputTokens: record.output.serverTokens ?? countTokens(record),
  }
}
