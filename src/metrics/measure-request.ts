import type { FailureReason } from '../records/outcome.ts'
import type { RequestRecord, TokenSource } from '../records/request-record.ts'
import { countDeadlines } from './count-deadlines.ts'
import { interTokenTimes } from './inter-token-times.ts'
import type { MeasuredRequest } from './measured-request.ts'
import { perSecond } from './per-second.ts'
import { requireDeadline } from './require-deadline.ts'
import type { MetricOptions } from './run-summary.ts'
import { tokenMoments } from './token-moments.ts'

/**
 * Measures one request under the given options.
 *
 * @throws MetronError `bad-config` when a deadline is not a positive number of nanoseconds; the TTFT deadline is rounded
 *   to whole ones first, because it may come from a fitted curve
 */
export function measureRequest(record: RequestRecord, options: MetricOptions): MeasuredRequest {
  const { moments } = record
  const times = interTokenTimes(record, options.origin)
  const tokens = times.length
  const failure = failureOf(record, tokens)
  const ok = failure === null
  const promptTokens = record.prompt.serverTokens ?? record.prompt.wantedTokens
  const missingTokens = ok ? 0 : Math.max(1, record.output.wantedTokens - tokens)

  const originNs = (options.origin === 'due' ? moments.dueNs : moments.sentNs) ?? moments.dueNs
  const { firstAnswerNs, lastNs } = tokenMoments(record)
  const since = (momentNs: number | null) =>
    ok && momentNs !== null ? Math.max(0, momentNs - originNs) : null
  const ttftNs = ok ? times[0]! : null
  const e2eNs = since(lastNs)
  const tpotNs = ok && tokens > 1 ? (e2eNs! - ttftNs!) / (tokens - 1) : null

  return {
    id: record.id,
    dueNs: moments.dueNs,
    untilNs: ok ? lastNs! : moments.endNs,
    ok,
    failure,
    tokenSource: sourceOf(record),
    promptTokens,
    outputTokens: tokens,
    missingTokens,
    ttftNs,
    ttfatNs: since(firstAnswerNs),
    tpotNs,
    e2eNs,
    normalizedNs: ok ? e2eNs! / tokens : null,
    worstGapNs: ok && tokens > 1 ? worstGap(times) : null,
    outputTokensPerSec: ok ? perSecond(tokens, e2eNs) : null,
    interactivityPerSec: perSecond(1, tpotNs),
    headersNs: since(moments.headersNs),
    dispatchLagNs: moments.dispatchedNs - moments.dueNs,
    connectNs: record.connectNs,
    ...judge(times, ok, missingTokens, options, promptTokens),
    interTokenTimesNs: times,
  }
}

function judge(
  times: Float64Array,
  ok: boolean,
  missingTokens: number,
  options: MetricOptions,
  promptTokens: number,
): Pick<MeasuredRequest, 'fluidity' | 'deadlineMissRate' | 'tokenFluidity'> {
  const ttftDeadlineNs = options.ignoreFirst
    ? null
    : requireDeadline('the TTFT deadline', Math.round(options.ttftDeadlineNs(promptTokens)))
  const { missed, total, tokens, lateTokens } = countDeadlines(times, ttftDeadlineNs, options.tbtDeadlineNs)
  if (!ok) {
    const isCounted = options.failedRequests === 'miss'
    const fluidity = {
      index: null,
      missed: isCounted ? missed + missingTokens : 0,
      total: isCounted ? total + missingTokens : 0,
    }
    return { fluidity, deadlineMissRate: null, tokenFluidity: null }
  }
  return {
    fluidity: { index: total === 0 ? null : (total - missed) / total, missed, total },
    deadlineMissRate: total === 0 ? null : missed / total,
    tokenFluidity: tokens === 0 ? null : (tokens - lateTokens) / tokens,
  }
}

function failureOf(record: RequestRecord, tokens: number): FailureReason | null {
  if (record.outcome.kind === 'failed') return record.outcome.reason
  return tokens === 0 ? 'empty' : null
}

function sourceOf(record: RequestRecord): TokenSource | null {
  if (record.chunks.ns.length === 0) return null
  return record.chunks.tokens === null ? 'chunk' : (record.tokenSource ?? 'chunk')
}

function worstGap(times: Float64Array): number {
  let worstNs = 0
  for (let i = 1; i < times.length; i++) if (times[i]! > worstNs) worstNs = times[i]!
  return worstNs
}
