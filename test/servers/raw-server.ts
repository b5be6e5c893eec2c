import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

/** Bytes-level server for tests: calls `onRequest` once per complete request of a connection and lets it write. */
export interface RawServer {
  readonly port: number
  readonly origin: string
  /** Connections accepted so far. */
  readonly connections: number
  /** Requests read so far, head and body as text. */
  readonly requests: readonly string[]
  [Symbol.asyncDispose](): Promise<void>
}

export interface RawRequest {
  readonly text: string
  /** Index among all requests, from 0. */
  readonly index: number
  /** Index on its connection, from 0. */
  readonly indexOnConnection: number
}

export type OnRequest = (socket: Socket, request: RawRequest) => void

export async function startRawServer(
  onRequest: OnRequest,
  tls?: { readonly key: string; readonly cert: string },
): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const requests: string[] = []
  let connections = 0

  const accept = (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    let buffered = ''
    let indexOnConnection = 0
    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1')
      for (;;) {
        const length = requestLength(buffered)
        if (length === null) return
        const text = buffered.slice(0, length)
        buffered = buffered.slice(length)
        requests.push(text)
        onRequest(socket, { text, index: requests.length - 1, indexOnConnection })
        indexOnConnection += 1
      }
    })
  }
  const server: Server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept)
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    get connections() {
      return connections
    },
    requests,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Length of the first whole request in the text, `null` when it has not arrived completely. */
function requestLength(text: string): number | null {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd === -1) return null
  const length = headEnd + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0)
  return text.length < length ? null : length
}

/** A chunked response head; write body pieces with {@link httpChunk} and end with {@link LAST_CHUNK}. */
export function streamHead(contentType = 'text/event-stream', extra = ''): string {
  return `HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ntransfer-encoding: chunked\r\n${extra}\r\n`
}

export function httpChunk(body: string | Uint8Array): Buffer {
  const bytes = Buffer.from(body)
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

export const LAST_CHUNK = '0\r\n\r\n'

/** A whole response with a content length. */
export function response(status: number, contentType: string, body: string | Uint8Array, extra = ''): Buffer {
  const bytes = Buffer.from(body)
  const head = `HTTP/1.1 ${status} Status\r\ncontent-type: ${contentType}\r\ncontent-length: ${bytes.length}\r\n${extra}\r\n`
  return Buffer.concat([Buffer.from(head), bytes])
}

/** The body of a well-behaved chat stream: a role event, one event a word, finish reason, usage, `[DONE]`. */
export function chatStream(words: readonly string[]): string {
  const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
  const delta = (content: unknown, finish: string | null = null) =>
    event({
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: content, finish_reason: finish }],
    })
  return [
    delta({ role: 'assistant', content: '' }),
    ...words.map((word) => delta({ content: word })),
    delta({}, 'stop'),
    event({ choices: [], usage: { prompt_tokens: 7, completion_tokens: words.length } }),
    'data: [DONE]\n\n',
  ].join('')
}
