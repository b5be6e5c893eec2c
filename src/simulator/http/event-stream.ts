import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { constants, createGzip } from 'node:zlib'

/** Changes in how events become bytes; see the faults. */
export interface StreamDress {
  /** Rewrites one event, blank line included. */
  readonly rewrite: (event: string) => string
  /** Sends every byte as an HTTP chunk of its own, so that a client reads them one by one. */
  readonly splitBytes: boolean
  /** How each event is written in parts; `null` for in one. */
  readonly pieces: EventPieces | null
  /** Events that leave in one write. */
  readonly eventsPerWrite: number
  /** How long the headers are held back, ms. */
  readonly headersDelayMs: number
  /** Compressed, each write flushed. */
  readonly gzip: boolean
  /** `false`: no chunked transfer, the end of the connection ends the body. */
  readonly chunked: boolean
  /** Silence once so many tokens have gone out; `null` for none. */
  readonly stall: { readonly afterTokens: number; readonly ms: number } | null
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
  /** Lets everything that is sent from now on wait so long, ms. */
  pause(ms: number): void
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
  if (!dress.chunked) response.useChunkedEncodingByDefault = false
  const gzip = dress.gzip ? createGzip({ flush: constants.Z_SYNC_FLUSH }) : null
  gzip?.pipe(response)
  let tail: Promise<void> | null = null
  let waiting: string[] = []
  if (dress.headersDelayMs > 0) queue(() => wait(dress.headersDelayMs).then(writeHead))
  else writeHead()
  const { socket } = response
  const isPlain = gzip === null && dress.chunked && dress.headersDelayMs === 0
  // No socket yet behind a pipelined request, no chunks in HTTP/1.0: there the response has to do it.
  const direct =
    isPlain && socket !== null && response.chunkedEncoding && !dress.splitBytes && dress.pieces === null

  function writeHead(): void {
    if (response.destroyed) return
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      ...(dress.gzip ? { 'content-encoding': 'gzip' } : {}),
      ...(dress.chunked ? {} : { connection: 'close' }),
    })
    response.flushHeaders()
  }

  /** What is queued happens in order, each when all before it has. */
  function queue(step: () => void | Promise<void>): void {
    tail = (tail ?? Promise.resolve()).then(step)
  }

  function write(text: string): void {
    if (dress.eventsPerWrite > 1) {
      waiting.push(text)
      if (waiting.length >= dress.eventsPerWrite) flushWaiting()
    } else writeNow(text)
  }

  function flushWaiting(): void {
    const text = waiting.join('')
    waiting = []
    if (text !== '') writeNow(text)
  }

  function writeNow(text: string): void {
    const { pieces } = dress
    if (pieces !== null) queue(() => writeApart(text, pieces))
    else if (tail !== null) queue(() => give(text))
    else if (direct) socket.write(`${text.length.toString(16)}\r\n${text}\r\n`, 'latin1')
    else give(text)
  }

  function give(text: string): void {
    if (response.destroyed) return
    if (gzip !== null) gzip.write(text, 'latin1')
    else if (dress.splitBytes) for (const byte of text) response.write(byte, 'latin1')
    else response.write(text, 'latin1')
  }

  async function writeApart(text: string, { bytes, pauseMs }: EventPieces): Promise<void> {
    const length = bytes(text.length)
    for (let at = 0; at < text.length && !response.destroyed; at += length) {
      give(text.slice(at, at + length))
      await wait(pauseMs)
    }
  }

  function afterSent(done: () => void): void {
    flushWaiting()
    // What the compressor holds has not been given to the socket.
    if (gzip !== null) queue(() => new Promise((resolve) => gzip.flush(() => setImmediate(resolve))))
    if (tail === null) done()
    else queue(done)
  }

  return {
    afterSent,
    send: (data) => write(dress.rewrite(`data: ${data}\n\n`)),
    pause: (ms) => queue(() => wait(ms)),
    hold: () => socket?.cork(),
    release: () => socket?.uncork(),
    end: () => afterSent(() => (gzip === null ? response.end() : gzip.end())),
  }
}
