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
      .nullable()
      .default(null)
      .describe(
        'Time to copy the cache of one token, each way; the step waits for it; null: as its bytes take at 50 GB/s',
      ),
    watermarkFraction: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.01)
      .describe('Share of the KV cache that admissions leave free, to preempt less'),
  }),
])

export type MemoryOptions = z.output<typeof memoryOptions>

/** What PCIe 5.0 x16, 64 GB/s, gives to copies between accelerator and host. */
const SWAP_BYTES_PER_SEC = 50e9

/** The options with the time of a copy filled in for a cache of so many bytes a token. */
export function fillSwapTime(memory: MemoryOptions, kvTokenBytes: number): MemoryOptions {
  if (memory.kind === 'reserve' || memory.swapTokenNs !== null) return memory
  return { ...memory, swapTokenNs: (kvTokenBytes * 1e9) / SWAP_BYTES_PER_SEC }
}
