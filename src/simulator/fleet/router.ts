import type { z } from 'zod'
import type { SimulatedRequest } from '../sequence.ts'

/** What a router knows of a replica. */
export interface ReplicaView {
  /** Its place in the fleet, from 0. */
  readonly index: number
  /** Requests that it has, waiting or running. */
  readonly outstanding: number
}

/** Decides who gets a request. May keep state of its own. */
export interface Router {
  /** `up`: the replicas that are there, at least one, in the order of their places. */
  choose(request: SimulatedRequest, up: readonly ReplicaView[]): ReplicaView
}

/** A sort of router, as a plain object; `create` makes one for one fleet. */
export interface RouterKind<Options> {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType<Options>
  create(options: Options): Router
}
