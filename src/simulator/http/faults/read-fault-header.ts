import { ApiError } from '../api-error.ts'
import type { StreamDress } from '../event-stream.ts'
import { answerFaults } from './answer-faults.ts'
import { cutFaults } from './cut-faults.ts'
import { encodingFaults } from './encoding-faults.ts'
import type { WireFault } from './wire-fault.ts'

/** Every fault that the header may ask for. */
export const WIRE_FAULTS: readonly WireFault[] = [...answerFaults, ...cutFaults, ...encodingFaults]

/** The faults of one request, sorted by what they do. */
export interface RequestedFaults {
  readonly answer: { readonly fault: WireFault; readonly argument: number } | null
  readonly cut: { readonly fault: WireFault; readonly afterTokens: number } | null
  readonly dress: StreamDress
  readonly closeAfter: boolean
}

/**
 * Reads `x-sim-fault`: faults separated by commas, each with its number behind `=` if it takes one. Empty text is no
 * fault. Throws a 400 `ApiError` that lists what is known.
 */
export function readFaultHeader(header: string): RequestedFaults {
  let answer: RequestedFaults['answer'] = null
  let cut: RequestedFaults['cut'] = null
  const asked: WireFault[] = []
  for (const item of header.split(',').map((text) => text.trim())) {
    if (item === '') continue
    const [kind, number] = item.split('=', 2)
    const fault = WIRE_FAULTS.find((known) => known.kind === kind)
    const argument = number === undefined ? 0 : Number(number)
    if (
      fault === undefined ||
      (fault.argument === null) !== (number === undefined) ||
      !isValid(fault, argument)
    ) {
      throw new ApiError(400, `Unknown fault '${item}'. Known: ${WIRE_FAULTS.map(usage).join(', ')}.`)
    }
    asked.push(fault)
    if (fault.answer) answer = { fault, argument }
    if (fault.cut) cut = { fault, afterTokens: argument }
  }
  const rewrites = asked.flatMap((fault) => (fault.rewrite ? [fault.rewrite] : []))
  return {
    answer,
    cut,
    dress: {
      rewrite: (event) => rewrites.reduce((text, rewrite) => rewrite(text), event),
      splitBytes: asked.some((fault) => fault.splitBytes),
    },
    closeAfter: asked.some((fault) => fault.closeAfter),
  }
}

function isValid(fault: WireFault, argument: number): boolean {
  if (fault.argument === 'status') return Number.isInteger(argument) && argument >= 400 && argument <= 599
  return Number.isInteger(argument) && argument >= 0
}

function usage(fault: WireFault): string {
  if (fault.argument === null) return fault.kind
  return `${fault.kind}=${fault.argument === 'status' ? 'STATUS' : 'N'}`
}
