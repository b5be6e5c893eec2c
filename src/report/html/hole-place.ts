/** Where a hole of a template stands. Any other place is refused. */
export type HolePlace = 'text' | 'attribute'

const RAW_ELEMENTS = /<(script|style|xmp|iframe|noscript|plaintext|textarea)\b[^<]*$/i
const LINKS: ReadonlySet<string> = new Set(['href', 'xlink:href', 'src', 'action', 'formaction', 'data'])

/**
 * Where a hole stands after the literal markup `before`, in which earlier holes have been replaced by a word.
 *
 * Throws a `TypeError` for every place in which escaping would not be enough: names, unquoted values, raw elements, comments,
 * event handlers, inline style, and links that do not begin with a literal `#`.
 */
export function holePlace(before: string): HolePlace {
  const raw = RAW_ELEMENTS.exec(before)
  if (raw !== null) refuse(`in a <${raw[1]}> element`, before)
  if (before.lastIndexOf('<!--') > before.lastIndexOf('-->')) refuse('in a comment', before)
  const open = before.lastIndexOf('<')
  if (open === -1) return 'text'
  const tag = before.slice(open).replace(/"[^"]*"/g, '""')
  if (tag.includes('>')) return 'text'
  const attribute = /\s([^\s"'<>/=]+)="([^"]*)$/.exec(tag)
  if (attribute === null) refuse('in a tag, outside a quoted attribute value', before)
  const name = attribute[1]!.toLowerCase()
  if (name.startsWith('on') || name === 'style' || name === 'srcdoc') refuse(`in attribute ${name}`, before)
  if (LINKS.has(name) && !attribute[2]!.startsWith('#')) refuse(`in ${name}, without a literal #`, before)
  return 'attribute'
}

function refuse(place: string, before: string): never {
  throw new TypeError(`html: a hole stands ${place}: …${before.slice(-60)}`)
}
