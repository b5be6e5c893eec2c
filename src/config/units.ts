import * as z from 'zod'

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
const RATE_PER_SEC: Readonly<Record<string, number>> = { s: 1, m: 1 / 60, min: 1 / 60, h: 1 / 3600 }
const NUMBER = '(\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)'

/** `300ms`, `2m`, `1.5s`, `1m30s` as integer ns; `undefined` when the text is not a duration. */
export function parseDurationNs(text: string): number | undefined {
  const compact = text.replaceAll(/\s+/g, '').toLowerCase()
  if (compact === '0') return 0
  const part = new RegExp(`${NUMBER}(ns|us|µs|ms|min|m|s|h)`, 'gy')
  let totalNs = 0
  let end = 0
  for (let match = part.exec(compact); match !== null; match = part.exec(compact)) {
    totalNs += Number(match[1]) * DURATION_NS[match[2]!]!
    end = part.lastIndex
  }
  return end === compact.length && end > 0 ? Math.round(totalNs) : undefined
}

/** `4/s`, `90/min`, `0.5/s` or a bare number (per second), as requests per second; `undefined` when it is no rate. */
export function parseRatePerSec(text: string): number | undefined {
  const match = new RegExp(`^${NUMBER}(?:/(s|min|m|h))?$`).exec(text.replaceAll(/\s+/g, '').toLowerCase())
  return match === null ? undefined : Number(match[1]) * RATE_PER_SEC[match[2] ?? 's']!
}

/** A duration that people write with its unit; integer ns in code. */
export const durationNs = (): z.ZodType<number, string> =>
  quantity(parseDurationNs, 'a duration with its unit, such as 300ms, 2s or 1m30s')

/** A positive rate that people write as `4/s`; requests per second in code. */
export const ratePerSec = (): z.ZodType<number, string | number> =>
  z.union([z.string(), z.number()]).transform((value, context) => {
    const rate = parseRatePerSec(String(value))
    if (rate !== undefined && rate > 0) return rate
    context.addIssue({ code: 'custom', message: 'expected a rate above 0, such as 4/s or 90/min' })
    return z.NEVER
  })

function quantity(parse: (text: string) => number | undefined, expected: string): z.ZodType<number, string> {
  const message = `expected ${expected}`
  return z.string({ error: message }).transform((text, context) => {
    const value = parse(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}
