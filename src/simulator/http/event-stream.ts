import type { ServerResponse } from 'node:http'

/** Changes in how events become bytes; see the faults. */
export interface StreamDress {
  /** Rewrites one event, blank line included. */
  readonly rewrite: (event: string) => string
  /** Sends every byte as an HTTP chunk of its own, so that a client reads them one by one. */
  readonly splitBytes: boolean
}

/** The body of one streamed answer. */
export interface EventStream {
  /** Gives one event to the socket at once. `data` is ASCII without line breaks. */
  send(data: string): void
  /** Holds what is sent back until `release`, so that it leaves together. */
  hold(): void
  release(): void
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
  const direct = socket !== null && response.chunkedEncoding && !dress.splitBytes
  function write(text: string): void {
    if (direct) socket.write(`${text.length.toString(16)}\r\n${text}\r\n`, 'latin1')
    else if (dress.splitBytes) for (const byte of text) response.write(byte, 'latin1')
    else response.write(text, 'latin1')
  }
  return {
    send: (data) => write(dress.rewrite(`data: ${data}\n\n`)),
    hold: () => socket?.cork(),
    release: () => socket?.uncork(),
    end: () => response.end(),
  }
}
