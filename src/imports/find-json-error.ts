const TOKEN =
  /\s*(?:[{}[\],:]|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y

/**
 * Where a text stops being JSON, as an offset: the place that the parser names, or else the first thing that is no token of
 * JSON. Its end when it was cut off. `null` when neither tells: an empty element of a list, for one.
 *
 * @param error what `JSON.parse` threw of it
 */
export function findJsonError(text: string, error: Error): number | null {
  const named = /position (\d+)/.exec(error.message)
  if (named !== null) return Number(named[1])
  let at = 0
  for (;;) {
    TOKEN.lastIndex = at
    if (!TOKEN.test(text)) break
    at = TOKEN.lastIndex
  }
  const rest = text.slice(at).trimStart()
  if (rest !== '') return text.length - rest.length
  return /end of JSON/.test(error.message) ? text.trimEnd().length : null
}
