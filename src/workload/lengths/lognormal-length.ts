import * as z from 'zod'
import { createLognormalSampler } from '../../numerics/lognormal-sampler.ts'
import type { LengthDistribution } from './length-distribution.ts'

const lognormalOptions = z
  .strictObject({
    median: z.number().min(1).describe('Median length in tokens: half of the requests are longer'),
    sigma: z
      .number()
      .min(0)
      .max(10)
      .describe('Spread: standard deviation of the logarithm; the mean is median * exp(sigma^2 / 2)'),
    min: z.int().positive().default(1).describe('Shorter lengths are raised to this'),
    max: z.int().positive().default(1_000_000).describe('Longer lengths are lowered to this'),
  })
  .refine(({ min, max }) => min <= max, { error: 'min must not be greater than max', path: ['min'] })

/**
 * Lognormal, the usual shape of recorded prompt and answer lengths, rounded to whole tokens. Lengths beyond `min` and
 * `max` are set to the bound, not drawn again: the median stays what it was.
 */
export const lognormalLength: LengthDistribution<z.infer<typeof lognormalOptions>> = {
  kind: 'lognormal',
  summary: 'lognormal lengths around a median, as recorded prompts and answers often are',
  options: lognormalOptions,
  sampler({ median, sigma, min, max }, random) {
    const sample = createLognormalSampler(random, Math.log(median), sigma)
    return () => Math.min(Math.max(Math.round(sample()), min), max)
  },
}
