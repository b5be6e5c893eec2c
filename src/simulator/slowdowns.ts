import * as z from 'zod'

/** For a while every step takes longer, as on a machine that is throttled or shared. */
export const slowdownOptions = z
  .strictObject({
    fromNs: z.number().nonnegative().describe('When it begins, since the start of the engine'),
    toNs: z.number().positive().describe('When it is over'),
    factor: z.number().positive().describe('What the time of a step is multiplied by'),
  })
  .refine(({ fromNs, toNs }) => fromNs < toNs, 'a slowdown must end after it begins')

export type Slowdown = z.output<typeof slowdownOptions>

/** The same with moments counted from `originNs`. */
export function shiftSlowdowns(slowdowns: readonly Slowdown[], originNs: number): readonly Slowdown[] {
  if (originNs === 0) return slowdowns
  return slowdowns.map((each) => ({ ...each, fromNs: each.fromNs + originNs, toNs: each.toNs + originNs }))
}

/** What a step that begins at `startNs` is multiplied by; factors of slowdowns that overlap multiply. */
export function slownessAt(slowdowns: readonly Slowdown[], startNs: number): number {
  let factor = 1
  for (const each of slowdowns) if (startNs >= each.fromNs && startNs < each.toNs) factor *= each.factor
  return factor
}
