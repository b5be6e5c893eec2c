/** One planned request, ready to be encoded by a protocol. */
export interface EngineRequest {
  /** Index in the plan. */
  readonly id: number
  /** ns since the run's zero; `null` in a closed loop, where a request is due when a user becomes free. */
  readonly dueNs: number | null
  readonly prompt: string
  readonly promptTokens: number
  readonly outputTokens: number
}

/** A request as bytes for the transport. */
export interface WireRequest {
  /** Path and query, from the origin's root. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
