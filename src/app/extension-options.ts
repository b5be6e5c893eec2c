import type * as z from 'zod'
import type { ExtensionSpec } from '../config/extension-spec.ts'
import { nearest } from '../config/nearest.ts'
import { MetronError } from '../errors/metron-error.ts'

/**
 * Checks the options of a chosen extension with its own schema. `fill` holds values from elsewhere in the config
 * (the rate, the number of users) for options that the extension has and the spec leaves out.
 *
 * @throws MetronError `bad-config` naming `where`, the option and what is wrong
 */
export function extensionOptions(
  extension: { readonly kind: string; readonly options: z.ZodType },
  spec: ExtensionSpec,
  where: string,
  fill: Readonly<Record<string, unknown>> = {},
): unknown {
  const known = Object.keys((extension.options as Partial<z.ZodObject>).shape ?? {})
  const { kind: _, ...written } = spec
  const filled = Object.entries(fill).filter(([key, value]) => known.includes(key) && value !== null)
  const result = extension.options.safeParse({ ...Object.fromEntries(filled), ...written })
  if (result.success) return result.data
  const { issues } = result.error
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!
  const name = `${where}: ${extension.kind}`
  const hint = optionsHint(extension.kind, known, Object.fromEntries(filled))
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!
    const meant = nearest(key, known)
    throw new MetronError('bad-config', `${name} has no option ${JSON.stringify(key)}`, {
      hint: meant === undefined ? hint : `Did you mean ${meant}?`,
    })
  }
  if (issue.code === 'custom') throw new MetronError('bad-config', `${name}: ${issue.message}`, { hint })
  const missing = issue.code === 'invalid_type' && !(String(issue.path[0]) in spec)
  const problem = missing ? 'is missing' : issue.message.replace('Invalid input: ', '')
  throw new MetronError('bad-config', `${name}: option ${issue.path.join('.')} ${problem}`, { hint })
}

function optionsHint(
  kind: string,
  known: readonly string[],
  filled: Readonly<Record<string, unknown>>,
): string {
  const own = known.filter((key) => !(key in filled))
  return own.length === 0
    ? `${kind} has no options of its own.`
    : `Write ${kind}:${own.map((key) => `${key}=...`).join(',')}; options with a default may be left out.`
}
