import type * as z from 'zod'

/** An option that may be absent: `null` then. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().prefault(null)
