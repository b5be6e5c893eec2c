/** Paced streams that a client is to read, and when to look. Times are ns since the client's start. */
export interface ClientSetup {
  readonly port: number
  readonly streams: number
  readonly perSec: number
  /** Streams start evenly over this time. */
  readonly rampNs: number
  /** What is measured lies in this stretch, in which all streams run. */
  readonly window: { readonly fromNs: number; readonly toNs: number }
  /** One stream in so many has the delays of its chunks taken. */
  readonly sampleEvery: number
  /** Stamping threads; only Metron has them. */
  readonly workers: number
}

/** What one client cost, and what it saw, within the window. */
export interface ClientRun {
  readonly chunks: number
  /** Reads of a socket, or what the client shows of them; fewer than chunks where chunks come together. */
  readonly reads: number
  readonly windowNs: number
  /** Of the threads that read sockets. */
  readonly readerCpuUs: number
  /** Of the whole process, with decoding, garbage collection and compilation. */
  readonly processCpuUs: number
  /** From just before the server's write to the moment at which the client has the chunk, ascending. */
  readonly delaysNs: readonly number[]
  /** Streams that ended well, over the whole run. */
  readonly complete: number
  /** Chunks of all streams over the whole run. */
  readonly allChunks: number
  /** Resident memory of the process before the first stream, and in the middle of the window. */
  readonly rssBefore: number
  readonly rssInside: number
}

/** What the streams ask the server for: chunks until somewhat after the window. */
export function pacingOf({ perSec, rampNs, window }: ClientSetup): {
  pattern: string
  perSec: number
  events: number
} {
  // The first streams start a ramp ahead of the last.
  const seconds = (window.toNs + Math.min(rampNs, 1e9) / 2) / 1e9
  return { pattern: 'steady', perSec, events: Math.max(1, Math.ceil(perSec * seconds)) }
}

export function startNsOf({ streams, rampNs }: ClientSetup, stream: number): number {
  return Math.round((stream / streams) * rampNs)
}
