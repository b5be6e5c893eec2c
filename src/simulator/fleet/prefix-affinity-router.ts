import * as z from 'zod'
import { leastOutstandingRouter } from './least-outstanding-router.ts'
import type { RouterKind } from './router.ts'

export const prefixAffinityOptions = z.strictObject({
  kind: z.literal('prefix-affinity'),
  blocks: z
    .int()
    .min(1)
    .default(4)
    .describe(
      'Blocks of the prompt, of the size that the prefix cache has, that decide; fewer where it has fewer',
    ),
  maxAhead: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      'Requests that a replica may have more than the idlest one and still get another; null for any',
    ),
})

/**
 * Prompts that begin alike go to the same replica, whose prefix cache then has their beginning. Whose that is follows from
 * the beginning and the replicas that are up by rendezvous hashing: when one goes down only its own beginnings move, and
 * they come back with it. Requests without blocks, and those that would tip the load, go to whoever has the fewest.
 */
export const prefixAffinityRouter: RouterKind<z.output<typeof prefixAffinityOptions>> = {
  kind: 'prefix-affinity',
  summary: 'prompts that begin alike to the same replica, others to the one with the fewest requests',
  options: prefixAffinityOptions,
  create({ blocks, maxAhead }) {
    const fallback = leastOutstandingRouter.create({ kind: 'least-outstanding' })
    return {
      choose(request, up) {
        // Each hash is of its block and all before it.
        const key = request.prefixBlocks?.slice(0, blocks).at(-1)
        if (key === undefined) return fallback.choose(request, up)
        let chosen = up[0]!
        let highest = -1
        let fewest = Number.POSITIVE_INFINITY
        for (const replica of up) {
          const weight = mix(key, replica.index)
          fewest = Math.min(fewest, replica.outstanding)
          if (weight <= highest) continue
          highest = weight
          chosen = replica
        }
        if (maxAhead !== null && chosen.outstanding - fewest > maxAhead) return fallback.choose(request, up)
        return chosen
      },
    }
  },
}

/** 32 bits that look random, by the finalizer of MurmurHash3. */
function mix(key: number, index: number): number {
  let bits = key ^ Math.floor(key / 2 ** 32) ^ Math.imul(index + 1, 0x9e37_79b1)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
