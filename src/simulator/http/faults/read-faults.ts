import type { RandomStream } from '../../../numerics/random-stream.ts'
import { ApiError } from '../api-error.ts'
import type { StreamDress } from '../event-stream.ts'
import { answerFaults } from './answer-faults.ts'
import { cutFaults } from './cut-faults.ts'
import { encodingFaults } from './encoding-faults.ts'
import type { WireFault } from './wire-fault.ts'

/** Every fault that the header may ask for. */
export const WIRE_FAULTS: readonly WireFault[] = [...answerFaults, ...cutFaults, ...encodingFaults]

/** A stream as it is without any fault. */
const PLAIN = { eventsPerWrite: 1, headersDelayMs: 0, gzip: false, chunked: true, stall: null } as const

/** The faults of one request, sorted by what they do. */
export interface RequestedFaults {
  readonly answer: { readonly fault: WireFault; readonly argument: number } | null
  readonly cut: { readonly fault: WireFault; readonly afterTokens: number } | null
  readonly dress: StreamDress
  readonly closeAfter: boolean
  /** Tokens that usages tell too many. */
  readonly miscountTokens: number
}

/**
 * Reads `x-sim-fault` or the option `faults`: faults separated by commas, each with its number behind `=` if it takes
 * one, and with its chance behind `@` unless it is sure: `reset-after=3@2%`. Of two that exclude each other the last
 * counts. Empty text is no fault. Throws a 400 `ApiError` that lists what is known.
 *
 * @param random the request's own stream, from which chances are drawn; the same stream, the same faults
 */
export function readFaults(text: string, random: RandomStream): RequestedFaults {
  let answer: RequestedFaults['answer'] = null
  let cut: RequestedFaults['cut'] = null
  const asked: WireFault[] = []
  let pieces: StreamDress['pieces'] = null
  let miscountTokens = 0
  const dress: Partial<StreamDress> = {}
  for (const item of text.split(',').map((part) => part.trim())) {
    if (item === '') continue
    const [what, chance] = item.split('@', 2) as [string, string?]
    const [kind, number] = what.split('=', 2)
    const probability = chance === undefined ? 1 : readChance(chance)
    const fault = WIRE_FAULTS.find((known) => known.kind === kind)
    const [first, second] = (number ?? '').split(':', 2) as [string, string?]
    const argument = number === undefined ? 0 : readCount(first)
    const secondArgument = second === undefined ? 0 : readCount(second)
    if (
      fault === undefined ||
      (fault.argument === null) !== (number === undefined) ||
      !isValid(fault, argument) ||
      (fault.second === undefined) !== (second === undefined) ||
      !Number.isInteger(secondArgument) ||
      probability === null
    ) {
      throw new ApiError(400, `Unknown fault '${item}'. Known: ${WIRE_FAULTS.map(usage).join(', ')}.`)
    }
    if (random.split(item).uniform() >= probability) continue
    asked.push(fault)
    if (fault.dress) Object.assign(dress, fault.dress(argument, secondArgument))
    if (fault.pieces) pieces = fault.pieces(argument)
    if (fault.miscounts) miscountTokens = argument
    if (fault.answer) answer = { fault, argument }
    if (fault.cut) cut = { fault, afterTokens: argument }
  }
  const rewrites = asked.flatMap((fault) => (fault.rewrite ? [fault.rewrite] : []))
  return {
    answer,
    cut,
    dress: {
      ...PLAIN,
      ...dress,
      rewrite: (event) => rewrites.reduce((text, rewrite) => rewrite(text), event),
      pieces,
      splitBytes: asked.some((fault) => fault.splitBytes),
    },
    closeAfter: asked.some((fault) => fault.closeAfter),
    miscountTokens,
  }
}

function isValid(fault: WireFault, argument: number): boolean {
  if (fault.argument === 'status') return Number.isInteger(argument) && argument >= 400 && argument <= 599
  if (fault.argument === 'count' || fault.argument === 'milliseconds') {
    return Number.isInteger(argument) && argument >= 1
  }
  return Number.isInteger(argument) && argument >= 0
}

/** NaN for what is no whole number. */
function readCount(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

/** `2%` or `0.02`; `null` for anything else. */
function readChance(text: string): number | null {
  if (!/^\d+(\.\d+)?%?$/.test(text)) return null
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)
  return value <= 1 ? value : null
}

function usage(fault: WireFault): string {
  if (fault.argument === null) return fault.kind
  return `${fault.kind}=${ARGUMENTS[fault.argument]}${fault.second === undefined ? '' : `:${ARGUMENTS[fault.second]}`}`
}

const ARGUMENTS = {
  tokens: 'N',
  status: 'STATUS',
  seconds: 'SECONDS',
  milliseconds: 'MS',
  count: 'N',
} as const
