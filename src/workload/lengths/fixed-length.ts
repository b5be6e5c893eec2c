import * as z from 'zod'
import type { LengthDistribution } from './length-distribution.ts'

const fixedOptions = z.strictObject({
  tokens: z.int().positive().describe('Length in tokens'),
})

/** Every length is the same. */
export const fixedLength: LengthDistribution<z.infer<typeof fixedOptions>> = {
  kind: 'fixed',
  summary: 'the same length for every request',
  options: fixedOptions,
  sampler:
    ({ tokens }) =>
    () =>
      tokens,
}
