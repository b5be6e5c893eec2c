import * as z from 'zod'

/** How sequences share the KV cache. */
export const memoryOptions = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('reserve')
      .describe('Room for the longest answer is taken at admission: nothing is preempted'),
  }),
  z.strictObject({
    kind: z
      .literal('preempt')
      .describe(
        'Room grows with each token; when it is full the last admitted gives its own up and waits again',
      ),
    by: z
      .enum(['recompute', 'swap'])
      .default('recompute')
      .describe('recompute: its tokens are prefilled again; swap: its cache is copied out and in again'),
    swapTokenNs: z
      .number()
      .nonnegative()
      .default(2600)
      .describe('Time to copy the cache of one token, each way; the step waits for it'),
    watermarkFraction: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.01)
      .describe('Share of the KV cache that admissions leave free, to preempt less'),
  }),
])

export type MemoryOptions = z.output<typeof memoryOptions>
