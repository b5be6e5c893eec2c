import type * as z from 'zod'
import { MetronError } from '../errors/metron-error.ts'

/** An extension with options: an arrival process or a length distribution. */
interface Configurable<Options> {
  readonly kind: string
  readonly options: z.ZodType<Options>
}

/**
 * Options with their defaults filled in.
 *
 * @param place what the options are for, named in messages: `arrivals`, `prompt length`
 * @throws MetronError `bad-config` listing everything the schema rejects
 */
export function parseOptions<Options>(
  place: string,
  extension: Configurable<Options>,
  options: unknown,
): Options {
  const result = extension.options.safeParse(options)
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => [...path, message].join(': '))
  throw new MetronError('bad-config', `${place}: bad options of ${extension.kind}: ${problems.join('; ')}`, {
    cause: result.error,
  })
}
