import { parseDurationNs } from './parse-duration.ts'

/** TTFT on an idle server for a prompt of n tokens, `aNs + bNs n + cNs n^2`, measured between two prompt lengths. */
export interface PrefillCurve {
  readonly aNs: number
  readonly bNs: number
  readonly cNs: number
  readonly fromTokens: number
  readonly toTokens: number
}

/** The deadline of the first token as it is written: one for all prompts, or `factor` times a prefill curve plus `slackNs`. */
export type TtftDeadline =
  | { readonly kind: 'fixed'; readonly ns: number }
  | {
      readonly kind: 'profile'
      readonly file: string
      readonly factor: number
      readonly slackNs: number
    }
  | {
      readonly kind: 'curve'
      readonly curve: PrefillCurve
      readonly factor: number
      readonly slackNs: number
    }

const NUMBER = '\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?'
const CURVE = new RegExp(`^(${NUMBER}),(${NUMBER}),(${NUMBER}),(${NUMBER}),(${NUMBER})$`)
const SPEC = new RegExp(`^(.+\\.json|curve:[^*+]+(?:e\\+\\d+[^*+]*)*)(?:\\*(${NUMBER}))?(?:\\+(.+))?$`)

/**
 * `300ms`, `profile.json+300ms`, `profile.json*1.5+300ms`, or the curve itself, `curve:a,b,c,from,to*1.5+300ms` with the
 * coefficients in ns and the range in tokens. `undefined` when the text is none of these.
 */
export function parseTtftDeadline(text: string): TtftDeadline | undefined {
  const ns = parseDurationNs(text)
  if (ns !== undefined) return { kind: 'fixed', ns }
  const match = SPEC.exec(text.trim())
  if (match === null) return undefined
  const [, source = '', factorText = '1', slackText = '0'] = match
  const factor = Number(factorText)
  const slackNs = parseDurationNs(slackText)
  if (slackNs === undefined || factor <= 0) return undefined
  if (!source.startsWith('curve:')) return { kind: 'profile', file: source, factor, slackNs }
  const numbers = CURVE.exec(source.slice('curve:'.length))?.slice(1).map(Number)
  if (numbers === undefined) return undefined
  const [aNs, bNs, cNs, fromTokens, toTokens] = numbers as [number, number, number, number, number]
  return { kind: 'curve', curve: { aNs, bNs, cNs, fromTokens, toTokens }, factor, slackNs }
}

/** A curve as {@link parseTtftDeadline} reads it, without loss of digits. */
export function writeTtftCurve(deadline: Extract<TtftDeadline, { kind: 'curve' }>): string {
  const { aNs, bNs, cNs, fromTokens, toTokens } = deadline.curve
  return `curve:${[aNs, bNs, cNs, fromTokens, toTokens].join(',').replaceAll('e+', 'e')}*${deadline.factor}+${deadline.slackNs}ns`
}
