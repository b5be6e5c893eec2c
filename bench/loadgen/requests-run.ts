export interface RequestsSetup {
  readonly port: number
  readonly connections: number
  readonly seconds: number
}

/** Requests that were answered one after the other on each connection. */
export interface RequestsRun {
  readonly requests: number
  readonly failed: number
  readonly seconds: number
  /** Of the whole process, from the first request to the last. */
  readonly cpuUs: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** One chunk, at once: as small as a streamed answer gets. */
export const TINY_ANSWER = { pattern: 'flat-out', perSec: 1000, events: 1 }
