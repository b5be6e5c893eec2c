import type { ExchangeEnd, ExchangeSegment } from '../engine/exchange.ts'
import { ChunkColumns, type ChunkTable } from './chunk-columns.ts'
import { oneLine } from './one-line.ts'
import type { Protocol, StreamEvent } from './protocol.ts'
import { createEventFramer } from './sse/event-framer.ts'

/** What the body of one response held, before anybody judged it. */
export interface DecodedResponse extends ChunkTable {
  /** The last usage told, `null` when there was none. */
  readonly outputTokens: number | null
  readonly promptTokens: number | null
  readonly cachedTokens: number | null
  readonly finishReason: string | null
  /** `[DONE]` was read; later events were ignored. */
  readonly done: boolean
  /** The first error event's message. */
  readonly errorEvent: string | null
  /** Why and how the first event that could not be read was malformed. */
  readonly malformedEvent: string | null
  /** Whether the body was a readable stream of server-sent events, by its headers and, failing those, its start. */
  readonly isEventStream: boolean
  /** The start of a body that held no event, at most 16 KiB of it; `''` otherwise. */
  readonly bodyStart: string
}

export interface ResponseDecoder {
  /** Segments in order. An event gets the stamp of the read that completed it. */
  feed(segment: ExchangeSegment): void
  /** Once, after all segments. */
  finish(end: Pick<ExchangeEnd, 'contentType' | 'contentEncoding'>): DecodedResponse
}

const BODY_START_BYTES = 16 * 1024

/** Decoder of one response: framing, the protocol's reading of each event, chunk columns. Not on the stamping thread. */
export function createResponseDecoder(protocol: Protocol): ResponseDecoder {
  const columns = new ChunkColumns()
  const start: Uint8Array[] = []
  let startBytes = 0
  let readNs = 0
  let events = 0
  let bodyIsOver = false
  let done = false
  let finishReason: string | null = null
  let errorEvent: string | null = null
  let malformedEvent: string | null = null
  let outputTokens: number | null = null
  let promptTokens: number | null = null
  let cachedTokens: number | null = null

  const framer = createEventFramer({
    onEvent({ data, type }) {
      events += 1
      if (done) return
      const event = read(data, type)
      if (event === null) return
      columns.add(readNs, event)
      done = event.done
      finishReason = event.finishReason ?? finishReason
      errorEvent ??= event.error
      outputTokens = event.usageOutputTokens ?? outputTokens
      promptTokens = event.usagePromptTokens ?? promptTokens
      cachedTokens = event.usageCachedTokens ?? cachedTokens
    },
    onOverflow() {
      malformedEvent ??= 'an event larger than 64 Mi characters'
    },
  })

  function read(data: string, type: string | undefined): StreamEvent | null {
    let event: StreamEvent
    try {
      event = protocol.readEvent(data)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      if (type === 'error') errorEvent ??= oneLine(data)
      // Half an event at the end of a body is a sign of a cut stream, not of a server that writes bad JSON.
      else if (!bodyIsOver) malformedEvent ??= oneLine(`${error.message} in: ${data}`)
      return null
    }
    if (type !== 'error' || event.error !== null) return event
    return { ...event, error: oneLine(data) }
  }

  return {
    feed(segment) {
      let from = 0
      for (let i = 0; i < segment.readEnds.length; i += 1) {
        const bytes = segment.bytes.subarray(from, segment.readEnds[i])
        from = segment.readEnds[i]!
        readNs = segment.readNs[i]!
        if (events === 0 && startBytes < BODY_START_BYTES) {
          const kept = bytes.slice(0, BODY_START_BYTES - startBytes)
          startBytes += kept.length
          start.push(kept)
        }
        framer.feed(bytes)
      }
    },
    finish({ contentType, contentEncoding }) {
      bodyIsOver = true
      const hadEvents = events > 0
      const bodyStart = new TextDecoder().decode(Buffer.concat(start))
      framer.finish()
      return {
        ...columns.finish(),
        outputTokens,
        promptTokens,
        cachedTokens,
        finishReason,
        done,
        errorEvent,
        malformedEvent,
        isEventStream: isPlain(contentEncoding) && isEventStream(contentType, bodyStart),
        bodyStart: hadEvents ? '' : bodyStart,
      }
    },
  }
}

function isPlain(contentEncoding: string | null): boolean {
  return contentEncoding === null || /^\s*(identity)?\s*$/i.test(contentEncoding)
}

/** Where the header says nothing of use, a body that begins like an event stream is taken for one. */
function isEventStream(contentType: string | null, bodyStart: string): boolean {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase()
  if (type === 'text/event-stream') return true
  if (type !== '' && type !== 'text/plain' && type !== 'application/octet-stream') return false
  return /^\s*(data|event|id|retry)?:/.test(bodyStart)
}
