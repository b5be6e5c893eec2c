import type { Window } from './measure-window.ts'

/** What a reader of the paced streams is told. */
export interface StampingSetup {
  readonly port: number
  /** When each stream starts, ns since the run's zero. */
  readonly startNs: readonly number[]
  readonly window: Window
  /** One stream in so many looks at when its events were written. */
  readonly sampleEvery: number
}

/** What the bare reader measures. */
export interface BareRun {
  /** CPU of the reading thread within the window. */
  readonly cpuUs: number
  /** Within the window, by bytes. */
  readonly events: number
  /** Of sockets, within the window: fewer than events when the reader or the server falls behind. */
  readonly reads: number
  /** From the writing of an event to its stamp. */
  readonly delaysNs: readonly number[]
}

/** What Metron's engine measures. */
export interface MetronRun extends BareRun {
  /** From before the first request to the last record: CPU of the main thread, which decodes, and of the process. */
  readonly mainCpuUs: number
  readonly processCpuUs: number
}
