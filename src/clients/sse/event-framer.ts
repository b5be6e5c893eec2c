import { createParser } from 'eventsource-parser'

/** Turns the bytes of a stream of server-sent events into events. */
export interface EventFramer {
  /** `onEvent` is called for every event that these bytes complete, before `feed` returns. */
  feed(bytes: Uint8Array): void
  /** The body is over: an event whose closing blank line is missing is given out now. */
  finish(): void
}

export interface FramedEvent {
  /** The `data` lines joined by `\n`; never empty. */
  readonly data: string
  /** The `event` field, `undefined` when absent or empty. */
  readonly type: string | undefined
}

export interface EventFramerOptions {
  onEvent(event: FramedEvent): void
  /** One event grew beyond `maxEventChars`; nothing more comes. */
  onOverflow(): void
  /** Default 64 Mi UTF-16 units. */
  readonly maxEventChars?: number
}

const MAX_EVENT_CHARS = 64 * 1024 * 1024

/**
 * Framing by the event-stream rules of the HTML standard: LF, CR and CRLF, comments, several `data` lines, one byte
 * order mark; UTF-8 split anywhere between reads, bad bytes become U+FFFD. Linear in the bytes fed, however they are
 * split. Events without data are dropped, as the standard says; unlike it, a last event without its closing blank
 * line is given out by {@link EventFramer.finish}, because servers that just close are common.
 */
export function createEventFramer(options: EventFramerOptions): EventFramer {
  let overflown = false
  const parser = createParser({
    maxBufferSize: options.maxEventChars ?? MAX_EVENT_CHARS,
    onEvent({ data, event }) {
      if (data !== '') options.onEvent({ data, type: event })
    },
    onError(error) {
      if (error.type !== 'max-buffer-size-exceeded') return
      overflown = true
      options.onOverflow()
    },
  })
  // The parser removes the byte order mark; removing it here too would remove two.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const feedText = (text: string) => {
    if (!overflown && text !== '') parser.feed(text)
  }
  return {
    feed(bytes) {
      feedText(decoder.decode(bytes, { stream: true }))
    },
    finish() {
      feedText(decoder.decode())
      feedText('\n\n')
    },
  }
}
