/**
 * What really happened to one request, by the engine that served it. Moments are integer ns of the machine's
 * monotonic clock (`process.hrtime.bigint()`), exact in a double until 104 days after boot.
 */
export interface GroundTruth {
  /** The request's `x-request-id`, or the one generated for it; also a header of the response. */
  readonly requestId: string
  /** The request's body was complete. */
  readonly receivedNs: number
  /** `null` when it ended before its prefill began. */
  readonly prefillStartNs: number | null
  /** End of the step that produced the first token; `null` when it ended before. */
  readonly prefillEndNs: number | null
  /** When the engine produced each token: the end of its step as computed. */
  readonly tokenPlannedNs: readonly number[]
  /**
   * When the bytes of each token were given to the socket, stamped just before: planned <= written <= received.
   * Shorter than the plan when the answer was cut while tokens were held back for an event of several.
   */
  readonly tokenWrittenNs: readonly number[]
  readonly promptTokens: number
  /** Tokens written, as many as `tokenWrittenNs`. */
  readonly outputTokens: number
  /** `cancelled`: the client left, a fault cut the answer, or the server closed; `failed`: its replica went down. */
  readonly outcome: 'finished' | 'cancelled' | 'failed'
}

/** Keeps the truth about every request that ended. */
export interface GroundTruthLog {
  add(truth: GroundTruth): void
  /** In order of their ends; empty when the log does not keep them. */
  entries(): readonly GroundTruth[]
}

/**
 * @param keep hold entries in memory
 * @param writeLine also gets each entry as one JSON line with its newline, at the request's end
 */
export function createGroundTruthLog(keep: boolean, writeLine?: (line: string) => void): GroundTruthLog {
  const entries: GroundTruth[] = []
  return {
    add(truth) {
      if (keep) entries.push(truth)
      writeLine?.(`${JSON.stringify(truth)}\n`)
    },
    entries: () => entries,
  }
}
