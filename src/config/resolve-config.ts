import type * as z from 'zod'
import { MetronError } from '../errors/metron-error.ts'
import { type ConfigLayer, setAt, valueAt } from './config-layer.ts'
import type { Config, ConfigSchema } from './config-schema.ts'
import { listOptions, type OptionInfo } from './list-options.ts'
import { nearest } from './nearest.ts'

/** One option after all layers: what counts, as people write it, and where it was written. */
export interface ResolvedOption {
  readonly option: OptionInfo
  readonly value: unknown
  readonly origin: string
}

export interface ResolvedConfig {
  readonly config: Config
  readonly options: readonly ResolvedOption[]
  /** All values as people write them, nested; may hold secret header values. */
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * Merges the layers (later ones win) over the defaults and checks the result. Option by option: a list or map from a
 * later layer replaces the earlier one.
 *
 * @throws MetronError `bad-config`: what is wrong, where it was written, and the nearest right name of a misspelt key
 */
export function resolveConfig(schema: ConfigSchema, layers: readonly ConfigLayer[]): ResolvedConfig {
  const options = listOptions(schema)
  for (const layer of layers) rejectUnknownKeys(layer, options)
  const resolved = options.map((option): ResolvedOption => {
    const layer = layers.findLast((each) => valueAt(each.values, option.path) !== undefined)
    return layer === undefined
      ? { option, value: option.defaultValue, origin: 'default' }
      : { option, value: valueAt(layer.values, option.path), origin: layer.origin(option.path) }
  })
  const values: Record<string, unknown> = {}
  for (const { option, value } of resolved) setAt(values, option.path, value)
  const result = schema.safeParse(values)
  if (result.success) return { config: result.data, options: resolved, values }
  throw describeIssue(result.error.issues[0]!, resolved)
}

function describeIssue(issue: z.core.$ZodIssue, resolved: readonly ResolvedOption[]): MetronError {
  const found = resolved.find(({ option }) => option.path.every((key, index) => issue.path[index] === key))
  const where = found === undefined ? issue.path.join('.') : placeOf(found)
  const isSecret = found?.option.path.at(-1) === 'headers'
  const written = found === undefined || isSecret ? '' : `, not ${JSON.stringify(found.value)}`
  return new MetronError('bad-config', `${where}: ${describeExpectation(issue)}${written}`, {
    hint: found === undefined ? 'See metron explain.' : found.option.description,
  })
}

/** A flag, a variable or a caller's path names the option itself; a place in a file does not. */
function placeOf({ option, origin }: ResolvedOption): string {
  const path = option.path.join('.')
  return [`--${option.flag}`, option.env, path].includes(origin) ? origin : `${origin}: ${path}`
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  record: 'a map of names and values',
}

/** What was expected, in words. A union reports its own failure only; what its members say helps more. */
function describeExpectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().at(-1)
    return inner === undefined ? issue.message : describeExpectation(inner)
  }
  if (issue.code === 'too_small')
    return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
  if (issue.code === 'too_big')
    return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input: '))
    return `expected ${KINDS[issue.expected] ?? issue.expected}`
  return issue.message
}

function rejectUnknownKeys(layer: ConfigLayer, options: readonly OptionInfo[]): void {
  const visit = (node: unknown, path: readonly string[]): void => {
    if (path.length > 0 && options.some((option) => option.path.join('.') === path.join('.'))) return
    const children = options
      .filter((option) => path.every((key, index) => option.path[index] === key))
      .map((option) => option.path[path.length])
      .filter((key) => key !== undefined)
    if (typeof node !== 'object' || node === null || Array.isArray(node))
      throw new MetronError(
        'bad-config',
        `${layer.origin(path)}: ${path.join('.')} holds options, not a value`,
        {
          hint: `It may hold ${[...new Set(children)].join(', ')}.`,
        },
      )
    for (const [key, child] of Object.entries(node)) {
      if (!children.includes(key)) throw unknownKey(layer, [...path, key], [...new Set(children)])
      visit(child, [...path, key])
    }
  }
  visit(layer.values, [])
}

function unknownKey(layer: ConfigLayer, path: readonly string[], known: readonly string[]): MetronError {
  const meant = nearest(path.at(-1)!, known)
  return new MetronError('bad-config', `${layer.origin(path)}: unknown option ${path.join('.')}`, {
    hint: meant === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${meant}?`,
  })
}
