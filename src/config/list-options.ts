import * as z from 'zod'

/** One option of a schema, as help, flags, environment and `explain` need it. */
export interface OptionInfo {
  /** Where it stands in a config: `['load', 'rate']`. */
  readonly path: readonly string[]
  /** Name of its flag without dashes; `undefined` when it has none. */
  readonly flag: string | undefined
  readonly placeholder: string | undefined
  /** Name of its environment variable. */
  readonly env: string
  readonly description: string
  readonly type: 'boolean' | 'number' | 'text' | 'list' | 'map'
  readonly choices: readonly string[] | undefined
  readonly defaultValue: unknown
}

interface SchemaNode {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly anyOf?: readonly SchemaNode[]
  readonly enum?: readonly string[]
  readonly default?: unknown
  readonly description?: string
  readonly flag?: string
  readonly placeholder?: string
}

/** All options of a config schema, in the order in which it declares them. */
export function listOptions(schema: z.ZodType, envPrefix = 'METRON'): OptionInfo[] {
  const options: OptionInfo[] = []
  const visit = (node: SchemaNode, path: readonly string[]): void => {
    if (node.properties === undefined) options.push(describe(node, path, envPrefix))
    else for (const [key, child] of Object.entries(node.properties)) visit(child, [...path, key])
  }
  visit(z.toJSONSchema(schema, { io: 'input' }) as SchemaNode, [])
  return options
}

function describe(node: SchemaNode, path: readonly string[], envPrefix: string): OptionInfo {
  return {
    path,
    flag: node.flag,
    placeholder: node.placeholder,
    env: [envPrefix, ...path.map((key) => key.replaceAll(/([A-Z])/g, '_$1').toUpperCase())].join('_'),
    description: node.description ?? '',
    type: typeOf(node),
    choices: node.enum,
    defaultValue: node.default,
  }
}

function typeOf(node: SchemaNode): OptionInfo['type'] {
  const types = typesOf(node)
  if (types.includes('boolean')) return 'boolean'
  if (types.includes('array')) return 'list'
  if (types.includes('object') && !types.includes('string')) return 'map'
  if (types.includes('string')) return 'text'
  return 'number'
}

/** All JSON types that the node or one of its alternatives takes. */
function typesOf(node: SchemaNode): string[] {
  return [node.type ?? [], ...(node.anyOf ?? []).map(typesOf)].flat()
}
