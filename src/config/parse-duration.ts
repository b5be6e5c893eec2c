const DURATION_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
}
const PART = /(\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)(ns|us|µs|ms|min|m|s|h)/gy

/** `300ms`, `2m`, `1.5s`, `1m30s` as integer ns; `undefined` when the text is not a duration. */
export function parseDurationNs(text: string): number | undefined {
  const compact = text.replaceAll(/\s+/g, '').toLowerCase()
  if (compact === '0') return 0
  let totalNs = 0
  let end = 0
  for (const match of compact.matchAll(PART)) {
    totalNs += Number(match[1]) * DURATION_NS[match[2]!]!
    end = match.index + match[0].length
  }
  return end === compact.length && end > 0 ? Math.round(totalNs) : undefined
}
