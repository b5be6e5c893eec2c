/**
 * The line, from 1, on which a field of a JSON document begins; that of the nearest field around it when it is missing.
 *
 * @param text valid JSON
 * @param path keys and indices from the outside in
 */
export function lineOfField(text: string, path: readonly PropertyKey[]): number {
  let at = 0
  let found = 0
  const space = () => {
    while (at < text.length && /\s/.test(text[at]!)) at++
  }
  const string = (): string => {
    const from = at++
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    return JSON.parse(text.slice(from, ++at)) as string
  }
  /** Passes over a value; `left` is the path from it on, `null` off the path. */
  const value = (left: readonly PropertyKey[] | null): void => {
    space()
    if (left !== null) found = at
    const open = text[at]
    if (open === '"') {
      string()
      return
    }
    if (open !== '{' && open !== '[') {
      while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++
      return
    }
    at++
    space()
    for (let index = 0; text[at] !== '}' && text[at] !== ']'; index++) {
      let key: PropertyKey = index
      if (open === '{') {
        key = string()
        space()
        at++
      }
      value(left !== null && left[0] === key ? left.slice(1) : null)
      space()
      if (text[at] === ',') at++
      space()
    }
    at++
  }
  value(path)
  return text.slice(0, found).split('\n').length
}
