import type { WireFault } from './wire-fault.ts'

/** Faults that end a streamed answer after some tokens. */
export const cutFaults: readonly WireFault[] = [
  {
    kind: 'reset-after',
    summary: 'resets the connection after this many tokens',
    argument: 'tokens',
    cut({ response }) {
      response.socket?.resetAndDestroy()
    },
  },
  {
    kind: 'hang-after',
    summary: 'falls silent after this many tokens and keeps the connection open',
    argument: 'tokens',
    cut() {},
  },
  {
    kind: 'truncate-after',
    summary: 'ends the body cleanly after this many tokens, without finish reason and [DONE]',
    argument: 'tokens',
    cut({ stream }) {
      stream.end()
    },
  },
  {
    kind: 'error-event-after',
    summary: 'sends an error event after this many tokens, then [DONE]',
    argument: 'tokens',
    cut({ stream }) {
      stream.send(
        '{"error":{"message":"A fault that was asked for.","type":"server_error","param":null,"code":500}}',
      )
      stream.send('[DONE]')
      stream.end()
    },
  },
  {
    kind: 'bad-json-after',
    summary: 'sends half a JSON object as an event after this many tokens, then [DONE]',
    argument: 'tokens',
    cut({ stream }) {
      stream.send('{"choices":[')
      stream.send('[DONE]')
      stream.end()
    },
  },
]
