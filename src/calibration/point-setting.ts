/** One load to measure at. */
export interface PointSetting {
  /** Kind of the pacing pattern. */
  readonly pattern: string
  /** Stamping threads. */
  readonly workers: number
  readonly streams: number
  /** Chunks per second of each stream; ignored by a pattern without a schedule. */
  readonly perStreamPerSec: number
  /** How long it is measured once all streams run. */
  readonly windowNs: number
}
