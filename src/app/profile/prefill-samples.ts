import { quantileSorted } from '../../numerics/quantile-sorted.ts'
import type { RequestRecord } from '../../records/request-record.ts'

/** A prompt with more of its tokens in a cache says nothing of prefill; chat templates alone may fill a block. */
const MOST_CACHED = 0.05

/** What was measured at one length. */
export interface LengthSamples {
  /** As asked for. */
  readonly wantedTokens: number
  /** Median as the server counted, else as asked for. */
  readonly promptTokens: number
  readonly ttftNs: readonly number[]
}

export interface PrefillSamples {
  /** Shortest first; lengths without a sample are left out. */
  readonly lengths: readonly LengthSamples[]
  readonly excluded: { readonly failed: number; readonly cached: number }
  readonly cacheToldRequests: number
}

/** TTFT from the moment of sending, by prompt length, without failed requests and without prompts that a cache held. */
export function prefillSamples(records: readonly RequestRecord[]): PrefillSamples {
  const excluded = { failed: 0, cached: 0 }
  let cacheToldRequests = 0
  const usable = records.filter((record) => {
    const { outcome, chunks, prompt } = record
    if (prompt.cachedTokens !== null) cacheToldRequests++
    const isFailed = outcome.kind === 'failed' || chunks.ns.length === 0
    const isCached = !isFailed && (prompt.cachedTokens ?? 0) > MOST_CACHED * promptTokensOf(record)
    if (isFailed) excluded.failed++
    if (isCached) excluded.cached++
    return !isFailed && !isCached
  })
  const groups = Map.groupBy(usable, ({ prompt }) => prompt.wantedTokens)
  const lengths = [...groups].map(([wantedTokens, group]) => ({
    wantedTokens,
    promptTokens: quantileSorted(
      group.map(promptTokensOf).sort((a, b) => a - b),
      0.5,
    )!,
    ttftNs: group.map(({ chunks, moments }) => chunks.ns[0]! - (moments.sentNs ?? moments.dueNs)),
  }))
  return {
    lengths: lengths.sort((a, b) => a.promptTokens - b.promptTokens),
    excluded,
    cacheToldRequests,
  }
}

function promptTokensOf({ prompt }: RequestRecord): number {
  return prompt.serverTokens ?? prompt.wantedTokens
}
