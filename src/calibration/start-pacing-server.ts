import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import { createPacer } from './pacer.ts'
import { readSchedule } from './pacing-schedule.ts'

export interface PacingServer {
  readonly port: number
  /** Ends all connections at once. */
  close(): void
}

const STREAM_HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\ncache-control: no-cache\r\n\r\n'
const MODELS = '{"object":"list","data":[{"id":"paced","object":"model","created":0,"owned_by":"metron"}]}'
const MAX_REQUEST_BYTES = 1024 * 1024

/**
 * The reference server of a calibration, on the loopback interface: `GET /v1/models`, and streamed
 * `POST /v1/chat/completions` whose chunks come on the schedule of the body's field `pacing` ({@link PacingSchedule})
 * and tell when they were written ({@link PacedText}).
 *
 * Bare sockets and bytes made beforehand: a write costs little but the system call. It understands as much of HTTP/1.1 as
 * the client needs, bodies with a length only, one request after the other on a connection.
 */
export async function startPacingServer(): Promise<PacingServer> {
  const pacer = createPacer(createMonotonicClock())
  const sockets = new Set<Socket>()

  function answer(socket: Socket, { head, body }: Request): void {
    const close = (): void => {
      if (/^connection: *close/im.test(head)) socket.end()
    }
    if (/^GET \S*\/models /.test(head)) {
      socket.write(plain('200 OK', MODELS), close)
      return
    }
    const schedule = /^POST \S*\/chat\/completions /.test(head) ? readSchedule(body) : undefined
    if (schedule === undefined) socket.write(plain('404 Not Found', errorJson('no such path')), close)
    else if (schedule === null)
      socket.write(plain('400 Bad Request', errorJson('the field pacing is unsound')), close)
    else {
      socket.write(STREAM_HEAD)
      pacer.add(socket, schedule, close)
    }
  }

  const server = createServer({ noDelay: true }, (socket) => {
    let received = ''
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1')
      const request = takeRequest(received)
      if (request === null) {
        if (received.length > MAX_REQUEST_BYTES) socket.destroy()
        return
      }
      received = received.slice(request.bytes)
      answer(socket, request)
    })
  })
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

interface Request {
  readonly head: string
  readonly body: string
  readonly bytes: number
}

/** The first whole request in `received`; `null` when there is none yet. */
function takeRequest(received: string): Request | null {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = received.slice(0, end)
  const bytes = end + 4 + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
  return received.length < bytes ? null : { head, body: received.slice(end + 4, bytes), bytes }
}

function plain(status: string, json: string): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`
}

function errorJson(message: string): string {
  return JSON.stringify({ error: { message, type: 'invalid_request_error' } })
}
