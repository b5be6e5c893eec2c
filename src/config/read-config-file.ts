import { LineCounter, parseDocument } from 'yaml'
import { MetronError } from '../errors/metron-error.ts'
import type { ConfigLayer } from './config-layer.ts'

/**
 * Reads the text of a config file, YAML or JSON (which is YAML). Syntax errors name file, line and column.
 *
 * @throws MetronError `bad-config`
 */
export function readConfigFile(text: string, fileName: string): ConfigLayer {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const error = document.errors[0]
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new MetronError('bad-config', `${fileName}:${line}:${col}: ${error.message}`, {
      hint: 'A config file is YAML or JSON.',
    })
  }
  const values: unknown = document.toJS({ maxAliasCount: 100 }) ?? {}
  if (typeof values !== 'object' || Array.isArray(values))
    throw new MetronError(
      'bad-config',
      `${fileName}:1:1: expected options such as "load:", not a single value`,
    )
  // Names the JSON Schema for editors; it is no option.
  delete (values as Record<string, unknown>).$schema
  return {
    values: values as Record<string, unknown>,
    origin(path) {
      const position = offsetOf(document, path)
      if (position === undefined) return fileName
      const { line, col } = lines.linePos(position)
      return `${fileName}:${line}:${col}`
    },
  }
}

/** Offset of the key at the end of `path`. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly string[]): number | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  const items = (
    parent as { items?: { key?: { value?: unknown; range?: [number, number, number] } }[] } | null
  )?.items
  return items?.find((item) => item.key?.value === path.at(-1))?.key?.range?.[0]
}
