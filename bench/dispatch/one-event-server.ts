/** The server of `bench/dispatch.ts`, a process of its own: answers each request with a whole stream of one token. */
import { type AddressInfo, createServer } from 'node:net'

const event = (delta: string, finish: string): string =>
  `data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"one","choices":[{"index":0,"delta":${delta},"finish_reason":${finish}}]}\n\n`
const BODY = `${event('{"content":"a"}', 'null')}${event('{}', '"stop"')}data: [DONE]\n\n`
const ANSWER = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
)

const server = createServer({ noDelay: true }, (socket) => {
  let request = ''
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    request += bytes.toString('latin1')
    for (;;) {
      const bodyAt = request.indexOf('\r\n\r\n') + 4
      const end = bodyAt + Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0)
      if (bodyAt < 4 || request.length < end) return
      request = request.slice(end)
      socket.write(ANSWER)
    }
  })
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.send!((server.address() as AddressInfo).port),
)
process.on('disconnect', () => process.exit())
