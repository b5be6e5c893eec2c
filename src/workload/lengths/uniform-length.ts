import * as z from 'zod'
import type { LengthDistribution } from './length-distribution.ts'

const uniformOptions = z
  .strictObject({
    min: z.int().positive().describe('Smallest length in tokens'),
    max: z.int().positive().describe('Largest length in tokens, included'),
  })
  .refine(({ min, max }) => min <= max, { error: 'min must not be greater than max', path: ['min'] })

/** Every integer from `min` to `max` is equally likely, both included. */
export const uniformLength: LengthDistribution<z.infer<typeof uniformOptions>> = {
  kind: 'uniform',
  summary: 'every length from min to max is equally likely',
  options: uniformOptions,
  sampler:
    ({ min, max }, random) =>
    () =>
      min + Math.floor(random.uniform() * (max - min + 1)),
}
