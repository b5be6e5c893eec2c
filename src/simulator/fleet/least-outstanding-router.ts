import * as z from 'zod'
import type { RouterKind } from './router.ts'

export const leastOutstandingOptions = z.strictObject({ kind: z.literal('least-outstanding') })

/** Whoever has the fewest requests; of several the next in turn, so that an idle fleet is used evenly. */
export const leastOutstandingRouter: RouterKind<z.output<typeof leastOutstandingOptions>> = {
  kind: 'least-outstanding',
  summary: 'the replica with the fewest requests, waiting or running',
  options: leastOutstandingOptions,
  create() {
    let next = 0
    return {
      choose(_request, up) {
        const fewest = up.reduce(
          (least, { outstanding }) => Math.min(least, outstanding),
          Number.POSITIVE_INFINITY,
        )
        const idlest = up.filter(({ outstanding }) => outstanding === fewest)
        const chosen = idlest.find(({ index }) => index >= next) ?? idlest[0]!
        next = chosen.index + 1
        return chosen
      },
    }
  },
}
