/** Raised whenever the shape of a calibration document changes. */
export const CALIBRATION_SCHEMA_VERSION = 1

/** How a set of times is spread, ns. */
export interface ErrorSpread {
  readonly p50Ns: number
  readonly p99Ns: number
  readonly maxNs: number
}

/** One load of the grid and how exactly the instrument saw it. */
export interface CalibrationPoint {
  /** How the reference server paced its chunks: `steady`, `bursty`, ... */
  readonly pattern: string
  /** Stamping threads. */
  readonly workers: number
  readonly streams: number
  /** Chunks per second of each stream that the schedule asked for; `null`: as fast as possible. */
  readonly perStreamPerSec: number | null
  /** Chunks per second of all streams together that were stamped in the window. */
  readonly chunksPerSec: number
  /** Chunks that the streams were to hold, and those that were stamped: equal unless something was lost. */
  readonly expectedChunks: number
  readonly stampedChunks: number
  /** Streams that did not end well. */
  readonly failedStreams: number
  /** Stamp of a chunk minus the server's clock just before its write; `null` when no chunk came in the window. */
  readonly stampError: ErrorSpread | null
  /** Dispatch of a request minus its due time; `null` when none was dispatched. */
  readonly dispatchError: ErrorSpread | null
  /** How late the reference server itself was: its clock before a write minus the schedule; `null` without schedule. */
  readonly serverLag: ErrorSpread | null
  /** Time that the write itself took the server, which is part of the stamp error. */
  readonly serverWrite: ErrorSpread | null
  /** CPU of the stamping threads for each chunk in the window; `null` where the runtime does not tell. */
  readonly threadCpuPerChunkNs: number | null
  /** CPU of the whole client process for each chunk in the window: stamping, decoding and all. */
  readonly processCpuPerChunkNs: number | null
}

/** The highest load at which the p99 stamp error stayed under a bound. */
export interface CalibrationLimit {
  readonly workers: number
  /** The bound, ns. */
  readonly withinNs: number
  /** `null`: not even the lowest load stayed under it. */
  readonly chunksPerSec: number | null
  /** The highest load measured stayed under it: the true limit lies higher. */
  readonly isLowerBound: boolean
}

/** What a machine was measured to manage as a client; a file of its own, outside of any run. */
export interface Calibration {
  readonly schemaVersion: typeof CALIBRATION_SCHEMA_VERSION
  /** Wall clock, ISO 8601 UTC. */
  readonly measuredAt: string
  /** `false`: ended before all points were measured. */
  readonly complete: boolean
  readonly versions: { readonly metron: string; readonly node: string }
  readonly machine: {
    readonly os: string
    readonly cpu: string
    readonly cores: number
    readonly memoryBytes: number
  }
  /** Load average of the last minute when it began; 0 where the system has none. */
  readonly loadAverage: number
  readonly points: readonly CalibrationPoint[]
  readonly limits: readonly CalibrationLimit[]
}
