import * as z from 'zod'

/** A count of tokens. */
export const tokens = () => z.int32().min(0)

/** A time in seconds, no longer than a hundred days. */
export const seconds = () => z.number().min(0).max(1e7)

/** Whole nanoseconds of a time in seconds. */
export function toNs(timeSec: number): number {
  return Math.round(timeSec * 1e9)
}

/**
 * Refuses a table whose columns differ in length, naming the column.
 *
 * @param columns by name; the first says how many rows there are
 */
export function requireEqualLengths(
  columns: Readonly<Record<string, readonly unknown[] | undefined>>,
  context: z.core.$RefinementCtx,
): void {
  const [first, ...others] = Object.entries(columns).filter(([, column]) => column !== undefined)
  for (const [name, column] of others)
    if (column!.length !== first![1]!.length)
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `has ${column!.length} entries, but ${first![0]} has ${first![1]!.length}`,
      })
}
