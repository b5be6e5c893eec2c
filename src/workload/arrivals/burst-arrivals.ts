import * as z from 'zod'
import type { ArrivalProcess } from './arrival-process.ts'

const burstOptions = z.strictObject({})

/** All requests at once, at 0: the largest throughput a server can reach. The plan must say how many requests. */
export const burstArrivals: ArrivalProcess<z.infer<typeof burstOptions>> = {
  kind: 'burst',
  summary: 'all requests at once at the start of the run',
  options: burstOptions,
  needsRequests: true,
  *dueTimesNs() {
    for (;;) yield 0
  },
}
