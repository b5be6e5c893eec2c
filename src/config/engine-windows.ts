import * as z from 'zod'
import { parseDurationNs } from './parse-duration.ts'

/** `0@10s..20s`: replica 0 is down from then until then. */
export function outage(): z.ZodType<
  { readonly replica: number; readonly fromNs: number; readonly toNs: number },
  string
> {
  return z.string().transform((text, context) => {
    const window = readWindow(text, /^\d+$/)
    if (window !== null) return { replica: Number(window.what), fromNs: window.fromNs, toNs: window.toNs }
    context.addIssue({
      code: 'custom',
      message: 'expected a replica from 0 and two moments, such as 0@10s..20s',
    })
    return z.NEVER
  })
}

/** `4x@10s..20s`: steps take four times as long from then until then. */
export function slowdown(): z.ZodType<
  { readonly factor: number; readonly fromNs: number; readonly toNs: number },
  string
> {
  return z.string().transform((text, context) => {
    const window = readWindow(text, /^\d+(\.\d+)?x$/)
    const factor = Number(window?.what.slice(0, -1))
    if (window !== null && factor > 0) return { factor, fromNs: window.fromNs, toNs: window.toNs }
    context.addIssue({ code: 'custom', message: 'expected a factor and two moments, such as 4x@10s..20s' })
    return z.NEVER
  })
}

/** `what@from..to`; `null` for anything else, and for a window that ends before it begins. */
function readWindow(text: string, form: RegExp) {
  const parts = /^(?<what>[^@]+)@(?<from>.+?)\.\.(?<to>.+)$/.exec(text.replaceAll(' ', ''))?.groups
  if (parts === undefined || !form.test(parts.what!)) return null
  const fromNs = parseDurationNs(parts.from!)
  const toNs = parseDurationNs(parts.to!)
  return fromNs !== undefined && toNs !== undefined && fromNs < toNs
    ? { what: parts.what!, fromNs, toNs }
    : null
}
