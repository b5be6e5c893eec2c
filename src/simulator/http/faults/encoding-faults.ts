import type { WireFault } from './wire-fault.ts'

/** Answers that are right but oddly put, and connections that end early. */
export const encodingFaults: readonly WireFault[] = [
  {
    kind: 'split-bytes',
    summary: 'sends every byte of the body as a chunk of its own',
    argument: null,
    splitBytes: true,
  },
  {
    kind: 'crlf',
    summary: 'ends lines with CRLF',
    argument: null,
    rewrite: (event) => event.replaceAll('\n', '\r\n'),
  },
  {
    kind: 'comments',
    summary: 'sends a comment line ahead of every event',
    argument: null,
    rewrite: (event) => `: keep-alive\n\n${event}`,
  },
  {
    kind: 'close-after',
    summary: 'closes the connection after the answer although it said keep-alive',
    argument: null,
    closeAfter: true,
  },
  {
    kind: 'invalid-utf8',
    summary: 'puts a byte that is no UTF-8 in front of every text',
    argument: null,
    rewrite: (event) => event.replace(/("(?:content|text|reasoning_content)":")(?=[^"])/, '$1\xff'),
  },
  {
    kind: 'split-events',
    summary: 'writes every event in so many parts, 1 ms apart',
    argument: 'count',
    pieces: (count) => ({ bytes: (length) => Math.ceil(length / count), pauseMs: 1 }),
  },
  {
    kind: 'slow-drip',
    summary: 'writes the body byte by byte, so many milliseconds apart',
    argument: 'milliseconds',
    pieces: (pauseMs) => ({ bytes: () => 1, pauseMs }),
  },
  {
    kind: 'join-events',
    summary: 'sends so many events in one write',
    argument: 'count',
    dress: (eventsPerWrite) => ({ eventsPerWrite }),
  },
  {
    kind: 'slow-headers',
    summary: 'holds headers and body back for so many milliseconds',
    argument: 'milliseconds',
    dress: (headersDelayMs) => ({ headersDelayMs }),
  },
  {
    kind: 'gzip',
    summary: 'compresses the body for clients that accept it',
    argument: null,
    dress: () => ({ gzip: true }),
  },
  {
    kind: 'no-chunked',
    summary: 'sends no chunks: the end of the connection ends the body',
    argument: null,
    dress: () => ({ chunked: false }),
  },
  {
    kind: 'stall-after',
    summary: 'is silent for so many milliseconds after N tokens, then goes on',
    argument: 'tokens',
    second: 'milliseconds',
    dress: (afterTokens, ms) => ({ stall: { afterTokens, ms } }),
  },
  {
    kind: 'wrong-usage',
    summary: 'tells so many more output tokens in every usage than there were',
    argument: 'count',
    miscounts: true,
  },
]
