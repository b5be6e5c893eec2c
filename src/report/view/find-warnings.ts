import type { MeasuredRequest } from '../../metrics/measured-request.ts'
import type { RunSummary } from '../../metrics/run-summary.ts'
import type { Manifest } from '../../records/manifest.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import { samplesNeeded } from '../../slo/samples-needed.ts'
import { formatCount, formatQuantity } from '../format/format-count.ts'
import { formatFraction } from '../format/format-fraction.ts'
import { comesInBursts } from './comes-in-bursts.ts'
import type { FailureRow, ViewWarning } from './run-view.ts'
import { tokenCounts } from './token-counts.ts'

export interface WarningFacts {
  readonly manifest: Manifest
  readonly summary: RunSummary
  readonly requests: readonly MeasuredRequest[]
  readonly records: readonly RequestRecord[]
  readonly failures: readonly FailureRow[]
  /** See `RunViewInput`. */
  readonly tokenizerCounts?: ReadonlyMap<number, number> | undefined
}

/** An output length is missed when it is off by more than this share; the run is warned of when this share of answers is. */
const LENGTH_TOLERANCE = 0.1
const TOLERATED_ANSWERS = 0.05
/** Something holds chunks back when more than this share of the answers came in bursts. */
const MOST_ANSWERS = 0.5

const ENOUGH_FOR_P99 = samplesNeeded(0.99)

type Check = (facts: WarningFacts) => string | null

const CHECKS: Readonly<Record<string, Check>> = {
  'not-complete': ({ manifest }) => {
    if (manifest.status === 'complete') return null
    return manifest.status === 'interrupted'
      ? 'The run was interrupted: requests that had not ended are missing or counted as unfinished.'
      : manifest.status === 'running'
        ? 'The run has not been closed: either it is still running or it was killed. Requests that had not ended are missing.'
        : 'The run failed before its end.'
  },
  'token-source-chunk': ({ summary }) => {
    const count = summary.counts.tokenSources.chunk ?? 0
    if (count === 0) return null
    return `In ${formatQuantity(count, 'request')} nothing told how many tokens an event holds, so each event was taken for one token. If the server sends several tokens in one event, fluidity comes out too low and TBT too high.`
  },
  'token-source-usage-total': ({ manifest, summary }) => {
    const count = summary.counts.tokenSources['usage-total'] ?? 0
    // How an import spread them is said among its limits.
    if (count === 0 || manifest.imported !== undefined) return null
    return `In ${formatQuantity(count, 'request')} only the total of tokens was known; they were spread over the events by text length.`
  },
  'token-counts-differ': ({ requests, records, tokenizerCounts }) => {
    const counts = answered(requests, records).flatMap(
      (record) => tokenCounts(record, tokenizerCounts?.get(record.id)) ?? [],
    )
    const differing = counts.filter(({ differ }) => differ)
    if (counts.length === 0 || differing.length / counts.length < TOLERATED_ANSWERS) return null
    const sum = (of: (count: (typeof counts)[number]) => number) =>
      differing.reduce((total, count) => total + of(count), 0)
    return `In ${formatQuantity(differing.length, 'answer')} of ${formatCount(counts.length)} the server counted another number of tokens than there are in the events by their text or ids: ${formatCount(sum(({ server }) => server))} against ${formatCount(sum(({ counted }) => counted))}. Either the tokenizer is not the model's, or the server counts tokens that it does not show.`
  },
  'comes-in-bursts': ({ manifest, requests, records }) => {
    const delays = new Map(
      manifest.health?.workers.map(({ worker, loopDelayP99Ns }) => [worker, loopDelayP99Ns]),
    )
    const judged = answered(requests, records).flatMap(
      (record) => comesInBursts(record, delays.get(record.worker) ?? 0) ?? [],
    )
    const held = judged.filter((inBursts) => inBursts).length
    if (held <= MOST_ANSWERS * judged.length) return null
    return `${formatQuantity(held, 'answer')} of ${formatCount(judged.length)} came in bursts, many events in one read and then a pause: something holds events back and lets them go together. Often it is a buffering proxy (nginx: proxy_buffering off) or compression on the way; else the server itself. Users see the same pauses, but they are not the model's.`
  },
  'requests-failed': ({ failures, summary }) => {
    if (failures.length === 0) return null
    const reasons = failures.map(({ reason, count }) => `${formatCount(count)} ${reason}`).join(', ')
    return `${formatQuantity(summary.counts.failed, 'request')} of ${formatCount(summary.counts.measured)} failed: ${reasons}.`
  },
  'failed-excluded': ({ summary }) =>
    summary.options.failedRequests === 'exclude'
      ? 'Failed requests were left out, as asked. A service that drops what it cannot serve looks better this way.'
      : null,
  'output-length-missed': ({ requests, records }) => {
    const wanted = new Map(records.map(({ id, output }) => [id, output.wantedTokens]))
    const asked = requests.filter(({ ok, id }) => ok && (wanted.get(id) ?? 0) > 0)
    const off = asked.filter(({ id, outputTokens }) => {
      const tokens = wanted.get(id)!
      return Math.abs(outputTokens - tokens) > LENGTH_TOLERANCE * tokens
    })
    if (asked.length === 0 || off.length / asked.length < TOLERATED_ANSWERS) return null
    return `${formatQuantity(off.length, 'answer')} of ${formatCount(asked.length)} (${formatFraction(off.length / asked.length)}) missed the asked output length by more than ${formatFraction(LENGTH_TOLERANCE)}: the load was not the one that was planned.`
  },
  'outside-profile': ({ summary, requests }) => {
    const range = summary.options.ttftRangeTokens
    if (range === undefined || summary.options.ignoreFirst) return null
    const outside = requests.filter(({ promptTokens: n }) => n < range.from || n > range.to).length
    if (outside === 0) return null
    return `${formatQuantity(outside, 'prompt')} of ${formatCount(requests.length)} ${outside === 1 ? 'is' : 'are'} shorter or longer than the prefill profile covers (${formatCount(range.from)} to ${formatCount(range.to)} tokens): the deadline of the first token is a guess there.`
  },
  'closed-loop': ({ manifest }) =>
    manifest.users !== null
      ? 'Closed loop: a slower server was asked less often, so that queueing which real users would see may not appear.'
      : null,
  resends: ({ manifest }) => {
    const resends = manifest.health?.resends ?? 0
    if (resends === 0) return null
    return `${formatQuantity(resends, 'request')} had to be sent again because the server had closed a kept connection; the time this took is part of the latency.`
  },
  'few-samples': ({ summary }) => {
    const { ok } = summary.counts
    if (ok === 0 || ok >= ENOUGH_FOR_P99) return null
    return `${formatQuantity(ok, 'answered request')} ${ok === 1 ? 'is' : 'are'} too few for a firm p99 of a metric with one sample a request; ${ENOUGH_FOR_P99} are needed for 99 % confidence.`
  },
}

/** What weakens the numbers of a run, most important first. */
export function findWarnings(facts: WarningFacts): readonly ViewWarning[] {
  const limits = (facts.manifest.imported?.limits ?? []).map((text) => ({ id: 'imported', text }))
  const found = Object.entries(CHECKS).flatMap(([id, check]) => {
    const text = check(facts)
    return text === null ? [] : [{ id, text }]
  })
  return [...limits, ...found]
}

/** Records of the measured requests that were answered. */
function answered(
  requests: readonly MeasuredRequest[],
  records: readonly RequestRecord[],
): readonly RequestRecord[] {
  const ids = new Set(requests.filter(({ ok }) => ok).map(({ id }) => id))
  return records.filter(({ id }) => ids.has(id))
}
