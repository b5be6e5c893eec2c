import * as z from 'zod'
import type { RouterKind } from './router.ts'

export const roundRobinOptions = z.strictObject({ kind: z.literal('round-robin') })

/** One after the other, whatever they have to do; those that are down are left out. */
export const roundRobinRouter: RouterKind<z.output<typeof roundRobinOptions>> = {
  kind: 'round-robin',
  summary: 'one replica after the other',
  options: roundRobinOptions,
  create() {
    let next = 0
    return {
      choose(_request, up) {
        const chosen = up.find(({ index }) => index >= next) ?? up[0]!
        next = chosen.index + 1
        return chosen
      },
    }
  },
}
