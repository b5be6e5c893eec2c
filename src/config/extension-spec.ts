import * as z from 'zod'

/** An extension with options, as the schema needs it: an arrival process or a length distribution. */
export interface SpecifiedExtension {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType
}

/** A chosen extension and its options, such as `{ kind: 'lognormal', median: 256, sigma: 0.7 }`. */
export interface ExtensionSpec {
  readonly kind: string
  readonly [option: string]: unknown
}

/**
 * Takes `512` and `fixed:512`-like shorthands, `lognormal:median=256,sigma=0.7`, or the object that they stand for.
 * `bare` names the kind and option that a bare number stands for. Options are checked by the extension itself.
 */
export function extensionSpec(
  extensions: readonly SpecifiedExtension[],
  bare?: { readonly kind: string; readonly option: string },
): z.ZodType<ExtensionSpec, string | number | ExtensionSpec> {
  const kinds = extensions.map((extension) => extension.kind)
  return z
    .union([
      z.string(),
      z.number(),
      z.looseObject({ kind: z.enum(kinds, { error: `expected one of ${kinds.join(', ')}` }) }),
    ])
    .transform((input, context): ExtensionSpec => {
      const spec = typeof input === 'object' ? (input as ExtensionSpec) : readShorthand(String(input), bare)
      const extension = extensions.find(({ kind }) => kind === spec.kind)
      if (extension !== undefined) return spec
      context.addIssue({
        code: 'custom',
        message: `expected one of ${kinds.join(', ')}`,
      })
      return z.NEVER
    })
}

function readShorthand(
  text: string,
  bare?: { readonly kind: string; readonly option: string },
): ExtensionSpec {
  if (bare !== undefined && /^\d+$/.test(text.trim())) return { kind: bare.kind, [bare.option]: Number(text) }
  const colon = text.indexOf(':')
  if (colon < 0) return { kind: text.trim() }
  const kind = text.slice(0, colon).trim()
  const rest = text.slice(colon + 1)
  if (bare?.kind === kind && /^\d+$/.test(rest.trim())) return { kind, [bare.option]: Number(rest) }
  const pairs = rest.split(',').map((pair): [string, unknown] => {
    const equals = pair.indexOf('=')
    return equals < 0
      ? [pair.trim(), true]
      : [pair.slice(0, equals).trim(), readScalar(pair.slice(equals + 1).trim())]
  })
  return { ...Object.fromEntries(pairs), kind }
}

function readScalar(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}
