import { MetronError } from '../errors/metron-error.ts'
import { type ConfigLayer, setAt } from './config-layer.ts'
import type { OptionInfo } from './list-options.ts'
import { nearest } from './nearest.ts'

/**
 * A layer from texts, as flags and environment variables give them: `texts` maps an option to what was written.
 * `name` says how the option is called there.
 *
 * @throws MetronError `bad-config` for a text that is not of the option's type
 */
export function readOptionValues(
  options: readonly OptionInfo[],
  texts: (option: OptionInfo) => unknown,
  name: (option: OptionInfo) => string,
): ConfigLayer {
  const values: Record<string, unknown> = {}
  for (const option of options) {
    const text = texts(option)
    if (text !== undefined) setAt(values, option.path, readText(option, text, name(option)))
  }
  return {
    values,
    origin(path) {
      const option = options.find((each) => each.path.every((key, index) => path[index] === key))
      return option === undefined ? path.join('.') : name(option)
    },
  }
}

/**
 * The environment layer: `METRON_LOAD_RATE=4/s` and so on. Variables of other names are none of its business, but one
 * that starts like those of a group (`METRON_LOAD_`) and is none of them is taken for a misspelling.
 *
 * @throws MetronError `bad-config` for a text that is not of the option's type, and for a misspelt variable
 */
export function readEnvironment(
  options: readonly OptionInfo[],
  env: Readonly<Record<string, string | undefined>>,
): ConfigLayer {
  const names = options.map((option) => option.env)
  const groups = new Set(options.filter(({ path }) => path.length > 1).map((option) => groupOf(option.env)))
  const misspelt = Object.keys(env).find((name) => groups.has(groupOf(name)) && !names.includes(name))
  if (misspelt !== undefined) {
    const meant = nearest(misspelt, names)
    throw new MetronError('bad-config', `the environment variable ${misspelt} sets no option`, {
      hint:
        meant === undefined ? 'See docs/reference/config.md for all variables.' : `Did you mean ${meant}?`,
    })
  }
  return readOptionValues(
    options,
    (option) => env[option.env],
    (option) => option.env,
  )
}

/** `METRON_LOAD_RATE` is of the group `METRON_LOAD_`. */
function groupOf(name: string): string {
  return /^[^_]+_[^_]+_/.exec(name)?.[0] ?? ''
}

function readText(option: OptionInfo, text: unknown, name: string): unknown {
  if (typeof text === 'boolean') return text
  if (Array.isArray(text)) return option.type === 'map' ? readMap(text, name) : text
  const plain = String(text)
  if (option.type === 'boolean') {
    if (['true', '1', 'yes'].includes(plain)) return true
    if (['false', '0', 'no'].includes(plain)) return false
    throw badText(option, `${name}: expected true or false, not ${JSON.stringify(plain)}`)
  }
  if (option.type === 'number') {
    if (plain.trim() !== '' && Number.isFinite(Number(plain))) return Number(plain)
    throw badText(option, `${name}: expected a number, not ${JSON.stringify(plain)}`)
  }
  if (option.type === 'list') return plain.split(/\s*;\s*/).filter((part) => part !== '')
  if (option.type === 'map') return readMap([plain], name)
  return plain
}

function badText(option: OptionInfo, message: string): MetronError {
  return new MetronError('bad-config', message, { hint: option.description })
}

/** `{"a": 1}` or `name: value`, any number of times. Values may be secrets: messages do not repeat them. */
function readMap(texts: readonly unknown[], name: string): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  for (const text of texts.map(String)) {
    if (text.trimStart().startsWith('{')) Object.assign(map, readJsonObject(text, name))
    else {
      const colon = text.indexOf(':')
      if (colon < 1) throw new MetronError('bad-config', `${name}: expected "name: value" or a JSON object`)
      map[text.slice(0, colon).trim()] = text.slice(colon + 1).trim()
    }
  }
  return map
}

function readJsonObject(text: string, name: string): object {
  try {
    return JSON.parse(text) as object
  } catch {
    throw new MetronError('bad-config', `${name}: the JSON object is malformed`)
  }
}
