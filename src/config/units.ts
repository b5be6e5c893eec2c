import * as z from 'zod'
import { parseDurationNs } from './parse-duration.ts'

const RATE_PER_SEC: Readonly<Record<string, number>> = { s: 1, m: 1 / 60, min: 1 / 60, h: 1 / 3600 }
const NUMBER = '(\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)'

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
