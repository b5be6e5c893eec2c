import { setAt } from '../config/config-layer.ts'
import type { ResolvedConfig } from '../config/resolve-config.ts'

const HIDDEN = '(hidden)'

/** All values as people write them, with header values hidden; safe to write. */
export function shownValues({ options }: ResolvedConfig, shownUrl: string | null): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const { option, value } of options) {
    setAt(shown, option.path, showValue(option.path, value, shownUrl))
  }
  return shown
}

/** The command line that makes the same run again, with the seed that was drawn; secrets hidden. */
export function commandLine(resolved: ResolvedConfig, shownUrl: string | null, seed: number): string {
  const words = ['metron', 'bench', ...(shownUrl === null ? [] : [shownUrl])]
  for (const { option, value, origin } of resolved.options) {
    if (option.flag === undefined || option.flag === 'seed' || origin.startsWith('default')) continue
    const shown = showValue(option.path, value, shownUrl)
    if (typeof shown === 'boolean') words.push(shown ? `--${option.flag}` : `--no-${option.flag}`)
    else for (const text of textsOf(shown)) words.push(`--${option.flag}`, text)
  }
  words.push('--seed', String(seed))
  return words.map(quote).join(' ')
}

function showValue(path: readonly string[], value: unknown, shownUrl: string | null): unknown {
  const name = path.join('.')
  if (name === 'target.url') return shownUrl
  if (name === 'server.command' && typeof value === 'string') return hideKeys(value)
  if (name !== 'target.headers' && name !== 'server.env') return value
  return Object.fromEntries(Object.keys(value as object).map((header) => [header, HIDDEN]))
}

/** A command line without what follows `--api-key` and the like. */
function hideKeys(command: string): string {
  return command.replaceAll(/([\w-]*(?:key|token|secret|password)[\w-]*(?:=|\s+))\S+/gi, `$1${HIDDEN}`)
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String)
  if (typeof value !== 'object' || value === null) return [String(value)]
  if ('kind' in value) {
    const { kind, ...options } = value
    const pairs = Object.entries(options).map(([key, each]) => `${key}=${String(each)}`)
    return [pairs.length === 0 ? String(kind) : `${String(kind)}:${pairs.join(',')}`]
  }
  const entries = Object.entries(value)
  return entries.every(([, each]) => each === HIDDEN)
    ? entries.map(([header]) => `${header}: ${HIDDEN}`)
    : [JSON.stringify(value)]
}

/** A word as the shell takes it. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
