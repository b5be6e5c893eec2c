import * as z from 'zod'
import { createZipfSampler } from '../../numerics/zipf-sampler.ts'
import type { LengthDistribution } from './length-distribution.ts'

const zipfOptions = z
  .strictObject({
    min: z.int().positive().describe('Smallest length in tokens'),
    max: z.int().positive().describe('Largest length in tokens, included'),
    theta: z
      .number()
      .min(0)
      .max(100)
      .default(0.6)
      .describe('Exponent: the r-th most likely length has weight 1/r^theta'),
    scramble: z
      .boolean()
      .default(false)
      .describe('Spread the likely lengths over the range instead of favouring short ones'),
  })
  .refine(({ min, max }) => min <= max, { error: 'min must not be greater than max', path: ['min'] })

/** Bounded Zipf: without `scramble` the shortest length is the most likely, with a long tail towards `max`. */
export const zipfLength: LengthDistribution<z.infer<typeof zipfOptions>> = {
  kind: 'zipf',
  summary: 'a few lengths are popular and most are rare (Zipf), from min to max',
  options: zipfOptions,
  sampler: (options, random) => createZipfSampler(random, options),
}
