import * as z from 'zod'
import { leastOutstandingOptions, leastOutstandingRouter } from './least-outstanding-router.ts'
import { failureOptions, outageOptions } from './outages.ts'
import { prefixAffinityOptions, prefixAffinityRouter } from './prefix-affinity-router.ts'
import { roundRobinOptions, roundRobinRouter } from './round-robin-router.ts'
import type { Router } from './router.ts'

/** Who gets a request. */
export const routerOptions = z.discriminatedUnion('kind', [
  roundRobinOptions,
  leastOutstandingOptions,
  prefixAffinityOptions,
])

export type RouterOptions = z.output<typeof routerOptions>

/** What a fleet has beside its engines. */
export const fleetFields = {
  router: routerOptions.prefault({ kind: 'round-robin' }).describe('Which replica gets a request'),
  outages: z.array(outageOptions).default([]).describe('When which replica is down'),
  failures: failureOptions.nullable().default(null).describe('Outages at random; null for none'),
  retry: z
    .boolean()
    .default(false)
    .describe('Requests without a first token go to another replica when theirs fails'),
}

export type FleetOptions = z.output<z.ZodObject<typeof fleetFields>>

export function createRouter(options: RouterOptions): Router {
  switch (options.kind) {
    case 'least-outstanding':
      return leastOutstandingRouter.create(options)
    case 'prefix-affinity':
      return prefixAffinityRouter.create(options)
    case 'round-robin':
      return roundRobinRouter.create(options)
  }
}
