import type { ServerResponse } from 'node:http'

/** Changes in how events become bytes; see the faults. */
export interface StreamDress {
  /** Rewrites one event, blank line included. */
  readonly rewrite: (event: string) => string
  /** Sends every byte as an HTTP chunk of its own, so that a client reads them one by one. */
  readonly splitBytes: boolean
  /** How each event is written in parts; `null` for in one. */
  readonly pieces: EventPieces | null
}

/** An event in parts that leave one after the other. */
export interface EventPieces {
  /** Length of each part of an event of `length` bytes. */
  readonly bytes: (length: number) => number
  /** Between two parts, and behind the last. */
  readonly pauseMs: number
}

/** The body of one streamed answer. */
export interface EventStream {
  /** Gives one event to the socket at once. `data` is ASCII without line breaks. */
  send(data: string): void
  /** Holds what is sent back until `release`, so that it leaves together. */
  hold(): void
  release(): void
  /** Calls back when everything sent has been given to the socket; at once unless events leave in parts. */
  afterSent(done: () => void): void
  /** Completes the body. */
  end(): void
}

/**
 * Sends the headers of a stream of server-sent events and returns its body.
 *
 * Chunks go to the socket in one string each, framed here: `ServerResponse.write` makes four writes and a deferred
 * flush of each, which costs twice as much. The frames are the same, and its `end` closes them.
 */
export function openEventStream(response: ServerResponse, dress: StreamDress): EventStream {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  const { socket } = response
  // No socket yet behind a pipelined request, no chunks in HTTP/1.0: there the response has to do it.
  const direct = socket !== null && response.chunkedEncoding && !dress.splitBytes && dress.pieces === null
  let tail: Promise<void> | null = null
  function write(text: string): void {
    if (dress.pieces !== null) tail = writeApart(tail, text, dress.pieces)
    else if (direct) socket.write(`${text.length.toString(16)}\r\n${text}\r\n`, 'latin1')
    else if (dress.splitBytes) for (const byte of text) response.write(byte, 'latin1')
    else response.write(text, 'latin1')
  }
  async function writeApart(before: Promise<void> | null, text: string, pieces: EventPieces): Promise<void> {
    await before
    const length = pieces.bytes(text.length)
    for (let at = 0; at < text.length && !response.destroyed; at += length) {
      response.write(text.slice(at, at + length), 'latin1')
      await new Promise((resolve) => setTimeout(resolve, pieces.pauseMs))
    }
  }
  function afterSent(done: () => void): void {
    if (tail === null) done()
    else void tail.then(done)
  }
  return {
    afterSent,
    send: (data) => write(dress.rewrite(`data: ${data}\n\n`)),
    hold: () => socket?.cork(),
    release: () => socket?.uncork(),
    end: () => afterSent(() => response.end()),
  }
}
