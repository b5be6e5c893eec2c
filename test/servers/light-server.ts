import { chatStream, type RawServer, response, startRawServer } from './raw-server.ts'

const MODELS = response(200, 'application/json', JSON.stringify({ data: [{ id: 'light' }] }))
const ANSWER = response(200, 'text/event-stream', chatStream(['one ', 'two ', 'three ', 'four']))

/** A server that costs next to nothing: the same four words for every request, in one piece. */
export function startLightServer(): Promise<RawServer> {
  return startRawServer((socket, { text }) => {
    socket.write(text.startsWith('GET') ? MODELS : ANSWER)
  })
}
