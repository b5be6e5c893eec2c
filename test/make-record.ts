import type { FailureReason } from '../src/records/outcome.ts'
import type { RequestRecord, TokenSource } from '../src/records/request-record.ts'

/** What a made-up record holds beyond its defaults. Times in ns. */
export interface RecordParts {
  readonly id?: number
  readonly dueNs?: number
  /** Default: 1,000 ns after due. */
  readonly dispatchedNs?: number
  /** Default: 2,000 ns after due. */
  readonly sentNs?: number | null
  readonly headersNs?: number | null
  readonly endNs?: number
  readonly failure?: FailureReason
  readonly connectNs?: number | null
  readonly promptTokens?: number
  /** Default: as many as arrive. */
  readonly wantedTokens?: number
  /** Arrivals of chunks since due, not since the run's zero. */
  readonly arrivalsNs?: readonly number[]
  readonly tokens?: readonly number[] | null
  readonly channels?: string
  readonly tokenSource?: TokenSource | null
}

/** A record for tests: answered, one token of the visible answer a chunk, unless said otherwise. */
export function makeRecord(parts: RecordParts = {}): RequestRecord {
  const dueNs = parts.dueNs ?? 0
  const ns = (parts.arrivalsNs ?? []).map((sinceDueNs) => dueNs + sinceDueNs)
  const tokens = parts.tokens === undefined ? ns.map(() => 1) : parts.tokens
  return {
    id: parts.id ?? 0,
    worker: 0,
    moments: {
      dueNs,
      dispatchedNs: parts.dispatchedNs ?? dueNs + 1_000,
      sentNs: parts.sentNs === undefined ? dueNs + 2_000 : parts.sentNs,
      headersNs: parts.headersNs ?? null,
      endNs: parts.endNs ?? ns.at(-1) ?? dueNs + 3_000,
    },
    outcome:
      parts.failure === undefined
        ? { kind: 'ok' }
        : { kind: 'failed', reason: parts.failure, detail: 'made up', status: null },
    attempts: 1,
    connectNs: parts.connectNs ?? null,
    prompt: { wantedTokens: parts.promptTokens ?? 100, serverTokens: null, cachedTokens: null },
    output: {
      wantedTokens: parts.wantedTokens ?? (tokens ?? ns).length,
      serverTokens: null,
      finishReason: null,
    },
    chunks: { ns, channels: parts.channels ?? 'a'.repeat(ns.length), chars: ns.map(() => 4), tokens },
    tokenSource: parts.tokenSource === undefined ? 'token-ids' : parts.tokenSource,
    text: null,
  }
}
