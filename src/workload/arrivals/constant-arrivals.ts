import * as z from 'zod'
import type { ArrivalProcess } from './arrival-process.ts'

const constantOptions = z.strictObject({
  ratePerSec: z.number().positive().describe('Requests per second'),
})

/** Requests at even distances: request k is due at `k / rate`, each computed from the origin, so no error adds up. */
export const constantArrivals: ArrivalProcess<z.infer<typeof constantOptions>> = {
  kind: 'constant',
  summary: 'one request every 1/rate seconds, the first at 0',
  options: constantOptions,
  *dueTimesNs({ ratePerSec }) {
    for (let k = 0; ; k++) yield Math.round((k * 1e9) / ratePerSec)
  },
}
