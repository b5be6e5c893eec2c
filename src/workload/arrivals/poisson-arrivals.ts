import * as z from 'zod'
import { exponentialCdf } from '../../numerics/exponential-cdf.ts'
import { createExponentialSampler } from '../../numerics/exponential-sampler.ts'
import { addUpGaps } from './add-up-gaps.ts'
import type { ArrivalProcess } from './arrival-process.ts'

const poissonOptions = z.strictObject({
  ratePerSec: z.number().positive().describe('Mean number of requests per second'),
})

/**
 * Independent users: exponential gaps, the one before the first request included. Neither truncated nor rescaled to
 * meet the rate, so the number of requests in a given time is itself Poisson distributed.
 */
export const poissonArrivals: ArrivalProcess<z.infer<typeof poissonOptions>> = {
  kind: 'poisson',
  summary: 'independent arrivals with exponential gaps of mean 1/rate',
  options: poissonOptions,
  dueTimesNs: ({ ratePerSec }, random) => addUpGaps(createExponentialSampler(random, ratePerSec)),
  gaps: ({ ratePerSec }) => ({
    name: 'exponential',
    cdf: (gapNs) => exponentialCdf(gapNs / 1e9, ratePerSec),
  }),
}
