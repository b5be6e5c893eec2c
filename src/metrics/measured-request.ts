import type { FailureReason } from '../records/outcome.ts'
import type { TokenSource } from '../records/request-record.ts'
import type { Fluidity } from './fluidity-index.ts'

/**
 * What the metrics say of one request: the single place its values are computed, read by summaries, objectives and
 * reports alike. Times in ns from the chosen origin. The latencies and fluidity of a failed request are `null`.
 */
export interface MeasuredRequest {
  readonly id: number
  readonly dueNs: number
  /** Last token of an answered request, end of a failed one; ns since the run's zero. */
  readonly untilNs: number
  /** Ended well and carried a token. */
  readonly ok: boolean
  /** Why it failed, `null` when ok. An answer that ended well without a token is `empty`. */
  readonly failure: FailureReason | null
  /** `null` when there was no chunk to attribute. */
  readonly tokenSource: TokenSource | null
  /** By the server's count, or as asked when it gave none. */
  readonly promptTokens: number
  /** Tokens that arrived. */
  readonly outputTokens: number
  /** Tokens asked for that a failed request did not deliver, at least 1; 0 when ok. */
  readonly missingTokens: number
  readonly ttftNs: number | null
  readonly ttfatNs: number | null
  readonly tpotNs: number | null
  readonly e2eNs: number | null
  readonly normalizedNs: number | null
  readonly worstGapNs: number | null
  readonly outputTokensPerSec: number | null
  readonly interactivityPerSec: number | null
  readonly headersNs: number | null
  /** Failed requests have it too: it is the instrument's own lateness. */
  readonly dispatchLagNs: number
  /** Failed requests have it too; `null` when the connection was reused or never made. */
  readonly connectNs: number | null
  /**
   * Algorithm 1 over the tokens that arrived. A failed request has no index; its `missed` and `total` are what it adds
   * to the service's miss rate: the deadlines of the tokens that arrived, and one missed deadline for each of its
   * `missingTokens`. Both are 0 when failed requests are excluded.
   */
  readonly fluidity: Fluidity
  readonly deadlineMissRate: number | null
  readonly tokenFluidity: number | null
  /** See `interTokenTimes`; also of a failed request. Not to be changed. */
  readonly interTokenTimesNs: Float64Array
}
