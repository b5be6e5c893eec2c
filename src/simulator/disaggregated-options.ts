import * as z from 'zod'

/** Prefill and decode on two engines of the same make, with a link between them. */
export const disaggregatedOptions = z.strictObject({
  kind: z.literal('disaggregated'),
  budgetTokens: z
    .int()
    .min(1)
    .default(8192)
    .describe(
      'Prompt tokens that may share a step of the prefill engine; a longer prompt gets a step of its own',
    ),
  linkBytesPerSec: z
    .number()
    .positive()
    .default(25e9)
    .describe('Bandwidth from the prefill engine to the decode engine; the default is a link of 200 Gbit/s'),
  linkLatencyNs: z.number().nonnegative().default(50_000).describe('Time before the first byte is across'),
})

export type DisaggregatedOptions = z.output<typeof disaggregatedOptions>
