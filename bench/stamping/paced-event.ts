/** One event of the paced server: about 230 bytes, as OpenAI writes them, with the moment at which it was written. */

const MARK = '"system_fingerprint":"sent-'
/** Nanoseconds of the machine's monotonic clock, padded. */
const DIGITS = 16

const EVENT =
  `data: {"id":"chatcmpl-0123456789abcdef","object":"chat.completion.chunk","created":1700000000,"model":"paced",` +
  `${MARK}${'0'.repeat(DIGITS)}","choices":[{"index":0,"delta":{"content":" token"},"finish_reason":null}]}\n\n`

export const EVENT_BYTES = EVENT.length

/** The event as an HTTP chunk, and where in it the moment's digits start. */
export const EVENT_CHUNK = httpChunk(EVENT)
export const SENT_OFFSET = EVENT_CHUNK.indexOf(MARK) + MARK.length

export function httpChunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`
}

export function sentDigits(ns: number): string {
  return String(ns).padStart(DIGITS, '0')
}

/** When the last whole event in `bytes` was written; `null` when there is none. */
export function readSentNs(bytes: Uint8Array): number | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const at = text.lastIndexOf(MARK)
  const digits = at < 0 ? '' : text.slice(at + MARK.length, at + MARK.length + DIGITS)
  return digits.length === DIGITS ? Number(digits) : null
}
