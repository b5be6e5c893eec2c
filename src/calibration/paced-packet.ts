import { PACED_FIELDS, PACED_TEXT, writeDigits } from './paced-text.ts'
import type { PacingPattern } from './pacing-pattern.ts'

/** The bytes of one write of a pattern, made once; only digits change from write to write. */
export interface PacedPacket {
  /** Sets the numbers of a write that is about to happen and returns its bytes, valid until the next call. */
  stamp(sentNs: number, firstSequence: number, lateNs: number, wroteNs: number): Uint8Array
  /** The socket still holds the bytes of the last write: the next one gets others. */
  release(): void
}

/** Packet of a pattern: as many HTTP chunks as it has events a write, each one chat completion event. */
export function createPacedPacket({ tokensPerEvent, eventsPerWrite }: PacingPattern): PacedPacket {
  const event = httpChunk(`data: ${eventJson(tokensPerEvent)}\n\n`)
  const starts = Array.from(
    { length: eventsPerWrite },
    (_, i) => i * event.length + event.indexOf(PACED_TEXT),
  )
  let bytes = Buffer.from(event.repeat(eventsPerWrite), 'latin1')
  const put = (start: number, { at, digits }: { at: number; digits: number }, value: number): void =>
    writeDigits(bytes, start + at, digits, value)
  return {
    stamp(sentNs, firstSequence, lateNs, wroteNs) {
      for (let i = 0; i < starts.length; i++) {
        const start = starts[i]!
        put(start, PACED_FIELDS.sequence, firstSequence + i)
        put(start, PACED_FIELDS.lateNs, lateNs)
        put(start, PACED_FIELDS.wroteNs, wroteNs)
        put(start, PACED_FIELDS.sentNs, sentNs)
      }
      return bytes
    },
    release() {
      bytes = Buffer.from(bytes)
    },
  }
}

/** What ends a stream: finish reason, usage, `[DONE]` and the empty HTTP chunk. */
export function pacedEnding(tokens: number): string {
  const finish = { ...HEAD, choices: [{ index: 0, delta: {}, finish_reason: 'length' }] }
  const usage = { prompt_tokens: 1, completion_tokens: tokens, total_tokens: tokens + 1 }
  const last = { ...HEAD, choices: [], usage }
  return `${httpChunk(`data: ${JSON.stringify(finish)}\n\ndata: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`)}0\r\n\r\n`
}

const HEAD = {
  id: 'chatcmpl-0123456789abcdef',
  object: 'chat.completion.chunk',
  created: 1700000000,
  model: 'paced',
}

function eventJson(tokens: number): string {
  const text = PACED_TEXT + ' token'.repeat(tokens)
  const ids = Array.from({ length: tokens }, (_, i) => 1000 + i)
  const choice = { index: 0, delta: { content: text }, token_ids: ids, finish_reason: null }
  return JSON.stringify({ ...HEAD, choices: [choice] })
}

function httpChunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`
}
