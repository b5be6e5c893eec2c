/**
 * The server of `bench/stamping.ts`, a process of its own: every request gets a stream of events, one HTTP chunk and one
 * socket write each. All streams are paced on one grid of absolute times, evenly out of phase, so that they neither
 * drift nor come all at once. Bare sockets and one buffer changed in place: it costs little but the system call.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createMonotonicClock } from '../../src/clock/monotonic-clock.ts'
import { EVENT_CHUNK, httpChunk, SENT_OFFSET, sentDigits } from './paced-event.ts'

const [streams, perSec, events] = process.argv.slice(2).map(Number) as [number, number, number]
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'
const FINISH = '{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}'
const END = `${httpChunk(`data: ${FINISH}\n\ndata: [DONE]\n\n`)}0\r\n\r\n`

const clock = createMonotonicClock()
const chunk = Buffer.from(EVENT_CHUNK)
const slotNs = 1e9 / (streams * perSec)
const startNs = clock.nowNs()
/** Every `streams`-th slot of the grid belongs to the same stream. */
const owners: ({ readonly socket: Socket; readonly closes: boolean; left: number } | undefined)[] = new Array(
  streams,
).fill(undefined)
let slot = 0

setInterval(() => {
  const due = Math.floor((clock.nowNs() - startNs) / slotNs)
  for (; slot < due; slot++) {
    const owner = owners[slot % streams]
    if (owner === undefined) continue
    if (owner.left-- > 0) {
      chunk.write(sentDigits(clock.nowNs()), SENT_OFFSET, 'latin1')
      owner.socket.write(chunk)
    } else {
      owner.socket.write(END)
      if (owner.closes) owner.socket.end()
      owners[slot % streams] = undefined
    }
  }
}, 1)

const server = createServer({ noDelay: true }, (socket) => {
  let request = ''
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    request += bytes.toString('latin1')
    const bodyAt = request.indexOf('\r\n\r\n') + 4
    const bodyBytes = Number(/content-length: (\d+)/i.exec(request)?.[1])
    if (bodyAt < 4 || request.length - bodyAt < bodyBytes) return
    const closes = /connection: close/i.test(request)
    request = ''
    socket.write(HEAD)
    owners[owners.indexOf(undefined)] = { socket, closes, left: events }
  })
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.send!((server.address() as AddressInfo).port),
)
process.on('disconnect', () => process.exit())
