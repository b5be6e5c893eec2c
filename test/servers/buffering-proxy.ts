import { connect, createServer, type Socket } from 'node:net'

export interface BufferingProxy {
  /** API root behind the proxy. */
  readonly url: string
  [Symbol.asyncDispose](): Promise<void>
}

/** A proxy in front of `url` that passes requests on at once and lets what comes back go only every `flushMs`. */
export async function startBufferingProxy(url: string, flushMs: number): Promise<BufferingProxy> {
  const upstream = new URL(url)
  const sockets = new Set<Socket>()
  const held = new Map<Socket, Buffer[]>()

  const server = createServer((client) => {
    const target = connect(Number(upstream.port), upstream.hostname)
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        flush(client)
        held.delete(client)
        other.end()
      })
    }
    held.set(client, [])
    client.on('data', (bytes) => target.write(bytes))
    target.on('data', (bytes) => held.get(client)?.push(bytes))
  })

  /** Everything in one write, so that it arrives in one read. */
  function flush(client: Socket): void {
    const bytes = held.get(client)?.splice(0) ?? []
    if (bytes.length > 0 && client.writable) client.write(Buffer.concat(bytes))
  }
  const timer = setInterval(() => {
    for (const client of held.keys()) flush(client)
  }, flushMs)

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}${upstream.pathname}`,
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
