/** A monotonic clock. */
export interface Clock {
  /** Integer nanoseconds since the clock's zero; negative before it. */
  nowNs(): number
}
