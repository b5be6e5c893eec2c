import type { Clock } from '../../src/clock/clock.ts'

/** One way of waiting for moments, on the thread that calls it. */
export interface Strategy {
  /** Calls back once, at `atNs` or later, never before; returns a cancel function. */
  wakeAt(clock: Clock, atNs: number, callback: () => void): () => void
  close(): void
}
