import * as z from 'zod'
import { gammaCdf } from '../../numerics/gamma-cdf.ts'
import { createGammaSampler } from '../../numerics/gamma-sampler.ts'
import { addUpGaps } from './add-up-gaps.ts'
import type { ArrivalProcess } from './arrival-process.ts'

const gammaOptions = z.strictObject({
  ratePerSec: z.number().positive().describe('Mean number of requests per second'),
  cv: z
    .number()
    .min(0.01)
    .max(100)
    .describe('Coefficient of variation of the gaps: 1 is Poisson, above 1 is burstier, below 1 more even'),
})

/** Gamma distributed gaps, the one before the first request included: shape `1 / cv ** 2`, mean `1 / rate`. */
export const gammaArrivals: ArrivalProcess<z.infer<typeof gammaOptions>> = {
  kind: 'gamma',
  summary: 'gamma distributed gaps of mean 1/rate: bursty with cv above 1, even with cv below 1',
  options: gammaOptions,
  dueTimesNs(options, random) {
    const { shape, scaleSec } = parametersOf(options)
    return addUpGaps(createGammaSampler(random, shape, scaleSec))
  },
  gaps(options) {
    const { shape, scaleSec } = parametersOf(options)
    return { name: 'gamma', cdf: (gapNs) => gammaCdf(gapNs / 1e9, shape, scaleSec) }
  },
}

function parametersOf({ ratePerSec, cv }: z.infer<typeof gammaOptions>) {
  const shape = 1 / cv ** 2
  return { shape, scaleSec: 1 / (shape * ratePerSec) }
}
