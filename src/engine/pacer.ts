import type { EngineRequest } from './request.ts'

/** Decides when each request of a shard is due; open and closed loop are its two kinds. */
export interface Pacer {
  /** More requests, in the order of the plan; `last`: no more will come. */
  offer(requests: readonly EngineRequest[], last: boolean): void
  start(): void
  /** A request has ended at `endNs`: there is room, and in a closed loop a user is free. */
  landed(endNs: number): void
  /** Sends nothing more. Returns the requests that were due but not sent, with their due moments. */
  halt(): readonly { readonly request: EngineRequest; readonly dueNs: number }[]
  /** Nothing more will be sent. */
  readonly exhausted: boolean
  /** Due moment of the last request, once it is known that no later one comes; `null` until then. */
  readonly lastDueNs: number | null
}

/** What a pacer needs from its shard. */
export interface PacerPorts {
  readonly nowNs: () => number
  /** Calls back once, at the moment or as soon after as possible; returns a cancel function. */
  readonly wakeAt: (atNs: number, callback: () => void) => () => void
  readonly hasRoom: () => boolean
  readonly dispatch: (request: EngineRequest, dueNs: number) => void
  /** The pacer's `exhausted` or `lastDueNs` may have changed. */
  readonly onChange: () => void
}
