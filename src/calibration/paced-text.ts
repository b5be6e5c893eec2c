/**
 * The text of a paced chunk: four numbers of fixed width, which travel through the ordinary client as any answer's text
 * does.
 *
 * ```
 * 0000123456789012 00000017 0000012345 0000004321
 * sentNs           sequence lateNs     wroteNs
 * ```
 */
export interface PacedText {
  /** The server's clock just before the write, ns of the machine's monotonic clock. */
  readonly sentNs: number
  /** Number of the chunk in its stream, from 0. */
  readonly sequence: number
  /** How long after its due time the write began, ns; 0 for a pattern without a schedule. */
  readonly lateNs: number
  /** How long the stream's write before this one took, ns; 0 for the first. */
  readonly wroteNs: number
}

/** Start and digits of each number in the text. */
export const PACED_FIELDS = {
  sentNs: { at: 0, digits: 16 },
  sequence: { at: 17, digits: 8 },
  lateNs: { at: 26, digits: 10 },
  wroteNs: { at: 37, digits: 10 },
} as const

const LENGTH = 47

/** The text with all numbers zero. */
export const PACED_TEXT = Object.values(PACED_FIELDS)
  .map(({ digits }) => '0'.repeat(digits))
  .join(' ')

/** Reads the numbers back from a chunk's text; `null` when it does not begin with them. */
export function readPacedText(text: string): PacedText | null {
  if (text.length < LENGTH) return null
  const field = ({ at, digits }: { at: number; digits: number }): number =>
    Number(text.slice(at, at + digits))
  const read = {
    sentNs: field(PACED_FIELDS.sentNs),
    sequence: field(PACED_FIELDS.sequence),
    lateNs: field(PACED_FIELDS.lateNs),
    wroteNs: field(PACED_FIELDS.wroteNs),
  }
  return Object.values(read).some(Number.isNaN) ? null : read
}

/** Writes a whole number of at least 0 in decimal, with zeros in front, over `digits` bytes; too large a one is cut to nines. */
export function writeDigits(bytes: Uint8Array, at: number, digits: number, value: number): void {
  let rest = Math.min(value, 10 ** digits - 1)
  let place = at + digits
  // Halves that fit 32-bit integers divide several times faster than doubles do.
  while (place > at) {
    const high = Math.floor(rest / 1e8)
    let low = (rest - high * 1e8) | 0
    for (let stop = Math.max(at, place - 8); place > stop; ) {
      const tenth = (low / 10) | 0
      bytes[--place] = 48 + low - tenth * 10
      low = tenth
    }
    rest = high
  }
}
