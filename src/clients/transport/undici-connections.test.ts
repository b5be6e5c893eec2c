import { generate } from 'selfsigned'
import { expect, test } from 'vitest'
import { freePort } from '../../../test/servers/free-port.ts'
import { chatStream, response, startRawServer } from '../../../test/servers/raw-server.ts'
import { answer, ask, clientFor, IGNORE, REQUEST } from '../../../test/servers/transport-client.ts'
import type { TransportFailure } from '../../engine/client.ts'

test('sequential requests share one connection, whose set-up time only the first is told', async () => {
  await using server = await startRawServer(answer)
  const client = clientFor(server.origin)
  const ends = []
  for (let i = 0; i < 20; i += 1) ends.push((await ask(client)).end)
  await client.close()
  expect(server.connections).toBe(1)
  expect(ends.map((end) => end.connectNs !== null)).toEqual([true, ...new Array(19).fill(false)])
  expect(ends[0]!.connectNs).toBeGreaterThan(0)
  expect(ends.every((end) => end.failure === null && end.attempts === 1)).toBe(true)
})

test('a request sent from within onEnd reuses the connection that has just become free', async () => {
  await using server = await startRawServer(answer)
  const client = clientFor(server.origin)
  const failures: TransportFailure[] = []
  await new Promise<void>((resolve) => {
    let left = 20
    const next = () => {
      client.send(REQUEST, {
        ...IGNORE,
        onEnd: () => {
          left -= 1
          if (left === 0) resolve()
          else next()
        },
        onFailure: (_atNs, failure) => {
          failures.push(failure)
          resolve()
        },
      })
    }
    next()
  })
  await client.close()
  expect(failures).toEqual([])
  expect(server.connections).toBe(1)
})

test('opens as many connections as there are requests under way', async () => {
  const waiting: (() => void)[] = []
  await using server = await startRawServer((socket, request) => {
    waiting.push(() => answer(socket, request))
    if (waiting.length === 300) for (const go of waiting) go()
  })
  const client = clientFor(server.origin)
  const all = await Promise.all(Array.from({ length: 300 }, () => ask(client)))
  await client.close()
  expect(all.filter(({ end }) => end.failure === null && end.connectNs !== null)).toHaveLength(300)
  expect(server.connections).toBe(300)
})

test.for(['closes', 'resets'] as const)(
  'when the server %s every connection right after its answer, 50 of 50 sequential requests succeed',
  async (how) => {
    await using server = await startRawServer((socket, request) => {
      answer(socket, request)
      if (how === 'closes') socket.end()
      else setImmediate(() => socket.resetAndDestroy())
    })
    const client = clientFor(server.origin)
    const ends = []
    for (let i = 0; i < 50; i += 1) ends.push((await ask(client)).end)
    await client.close()
    expect(ends.map((end) => end.failure)).toEqual(new Array(50).fill(null))
    expect(ends.every((end) => end.connectNs !== null)).toBe(true)
    expect(server.connections).toBe(50)
  },
)

test('a kept-alive connection closed on the next request costs one counted resend on a fresh connection', async () => {
  await using server = await startRawServer((socket, request) => {
    if (request.indexOnConnection === 0) answer(socket, request)
    else socket.destroy()
  })
  const client = clientFor(server.origin)
  const ends = []
  for (let i = 0; i < 50; i += 1) ends.push((await ask(client)).end)
  await client.close()
  expect(ends.filter((end) => end.failure === null)).toHaveLength(50)
  // Each connection answers once, so every request but the first meets a closed one.
  expect(ends.map((end) => end.attempts)).toEqual([1, ...new Array(49).fill(2)])
  expect(server.requests).toHaveLength(99)
})

test('never resends on a fresh connection, never twice, and not after the first response byte', async () => {
  await using closing = await startRawServer((socket) => socket.destroy())
  const fresh = clientFor(closing.origin)
  expect((await ask(fresh)).end).toMatchObject({ attempts: 1, failure: { reason: 'connection-reset' } })
  expect(closing.requests).toHaveLength(1)

  await using server = await startRawServer((socket, request) => {
    if (request.index === 0) answer(socket, request)
    else socket.destroy()
  })
  const twice = clientFor(server.origin)
  await ask(twice)
  expect((await ask(twice)).end).toMatchObject({ attempts: 2, failure: { reason: 'connection-reset' } })
  expect(server.requests).toHaveLength(3)

  await using halfway = await startRawServer((socket, request) => {
    if (request.index === 0) answer(socket, request)
    else socket.end('HTTP/1.1 2')
  })
  const begun = clientFor(halfway.origin)
  await ask(begun)
  expect((await ask(begun)).end).toMatchObject({ attempts: 1, failure: { reason: 'connection-reset' } })
  expect(halfway.requests).toHaveLength(2)
})

test('a server that says connection: close gets a fresh connection for every request', async () => {
  await using server = await startRawServer((socket) => {
    socket.end(response(200, 'text/event-stream', chatStream(['x']), 'connection: close\r\n'))
  })
  const client = clientFor(server.origin)
  for (let i = 0; i < 5; i += 1) {
    expect((await ask(client)).end).toMatchObject({ attempts: 1, failure: null })
  }
  expect(server.connections).toBe(5)
})

test('a body that only the end of the connection ends is complete', async () => {
  await using server = await startRawServer((socket) => {
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${chatStream(['x'])}`)
  })
  const { end, segment } = await ask(clientFor(server.origin))
  expect(end.failure).toBeNull()
  expect(new TextDecoder().decode(segment.bytes)).toBe(chatStream(['x']))
})

test('connects to a name as to an address; a port where nothing listens is connect-refused', async () => {
  await using server = await startRawServer(answer)
  expect((await ask(clientFor(`http://localhost:${server.port}`))).end.failure).toBeNull()
  const port = await freePort()
  for (const host of ['127.0.0.1', 'localhost']) {
    const { end } = await ask(clientFor(`http://${host}:${port}`))
    expect(end).toMatchObject({ status: null, connectNs: null, failure: { reason: 'connect-refused' } })
    expect(end.failure!.detail).toContain('ECONNREFUSED')
  }
})

test('close ends idle connections', async () => {
  let closed = false
  await using server = await startRawServer((socket, request) => {
    socket.once('close', () => {
      closed = true
    })
    answer(socket, request)
  })
  const client = clientFor(server.origin)
  await ask(client)
  await client.close()
  await expect.poll(() => closed).toBe(true)
})

test('an idle connection is closed by the client after its idle time', async () => {
  let closed = false
  await using server = await startRawServer((socket, request) => {
    socket.once('end', () => {
      closed = true
    })
    answer(socket, request)
  })
  await ask(clientFor(server.origin, { keepAliveIdleNs: 100e6 }))
  await expect.poll(() => closed, { timeout: 5000 }).toBe(true)
})

test.for([4e9, 0, -1, Number.NaN])('a keep-alive idle time of %d ns is refused', (keepAliveIdleNs) => {
  expect(() => clientFor('http://127.0.0.1', { keepAliveIdleNs })).toThrow(/below 4 s/)
})

test.for(['ftp://host', 'host:80', '', 'http://user:secret@host'])('the origin %j is refused', (origin) => {
  expect(() => clientFor(origin)).toThrow('the origin must be http://host:port or https://host:port')
})

test('TLS: a self-signed certificate fails, unless insecure or given as authority, by address and by name', async () => {
  const pems = await generate([{ name: 'commonName', value: 'metron test' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  })
  await using server = await startRawServer(answer, { key: pems.private, cert: pems.cert })
  const origins = [server.origin, `https://localhost:${server.port}`]
  for (const origin of origins) {
    const { end } = await ask(clientFor(origin))
    expect(end).toMatchObject({ status: null, failure: { reason: 'tls' } })
    for (const tls of [{ insecure: true }, { ca: pems.cert }]) {
      const client = clientFor(origin, { tls })
      const first = (await ask(client)).end
      expect(first.failure).toBeNull()
      expect(first.connectNs).toBeGreaterThan(0)
      expect((await ask(client)).end).toMatchObject({ failure: null, connectNs: null })
      await client.close()
    }
  }
  const plain = await ask(clientFor(server.origin.replace('https', 'http')))
  expect(plain.end.failure).not.toBeNull()
})
