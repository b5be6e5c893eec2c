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
]
