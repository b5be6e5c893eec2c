import { createServer } from 'node:net'
import { generate } from 'selfsigned'
import { expect, test } from 'vitest'
import {
  chatStream,
  httpChunk,
  LAST_CHUNK,
  type OnRequest,
  response,
  startRawServer,
  streamHead,
} from '../../../test/servers/raw-server.ts'
import { createMonotonicClock } from '../../clock/monotonic-clock.ts'
import type { ExchangeObserver, TransportFailure } from '../../engine/client.ts'
import { exchangeOnce } from '../exchange-once.ts'
import { createUndiciClient, type UndiciClient, type UndiciClientOptions } from './undici-client.ts'

const clock = createMonotonicClock()
const REQUEST = { path: '/v1/chat/completions', headers: { 'x-request-id': 'metron-1' }, body: '{"a":"ž"}' }

function clientFor(origin: string, options: Partial<UndiciClientOptions> = {}): UndiciClient {
  return createUndiciClient({
    origin,
    clock,
    connectTimeoutNs: 10e9,
    headersTimeoutNs: 10e9,
    streamTimeoutNs: 10e9,
    ...options,
  })
}

const ask = (client: UndiciClient, request = REQUEST) =>
  exchangeOnce({ client, clock, request, timeoutNs: 12e9 })

const answer: OnRequest = (socket) => {
  socket.write(streamHead())
  socket.write(httpChunk(chatStream(['a', 'b'])))
  socket.write(LAST_CHUNK)
}

test('sends the request as given, asks for no compression, and tells moments in order', async () => {
  await using server = await startRawServer(answer)
  const client = clientFor(server.origin)
  const startNs = clock.nowNs()
  const { end, segment } = await ask(client)
  await client.close()

  expect(server.requests[0]).toMatch(/^POST \/v1\/chat\/completions HTTP\/1\.1\r\n/)
  expect(server.requests[0]).toContain('\r\naccept-encoding: identity\r\n')
  expect(server.requests[0]).toContain('\r\nx-request-id: metron-1\r\n')
  expect(server.requests[0]!.endsWith(Buffer.from(REQUEST.body).toString('latin1'))).toBe(true)
  expect(end).toMatchObject({ status: 200, contentType: 'text/event-stream', attempts: 1, failure: null })
  expect(new TextDecoder().decode(segment.bytes)).toBe(chatStream(['a', 'b']))
  const { sentNs, headersNs, endNs } = end.moments
  const order = [startNs, end.connectNs! + startNs, sentNs!, headersNs!, ...segment.readNs, endNs]
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

test('a head that comes in pieces is read whole, also while another connection reads', async () => {
  const head =
    'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-first: one\r\nx-second: two\r\ntransfer-encoding: chunked\r\n\r\n'
  await using server = await startRawServer(async (socket) => {
    for (const piece of head.match(/.{1,9}/gs)!) {
      socket.write(piece)
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    socket.write(httpChunk(chatStream(['a'])) + LAST_CHUNK)
  })
  const client = clientFor(server.origin)
  const answers = await Promise.all([ask(client), ask(client), ask(client)])
  await client.close()
  for (const { end, headers } of answers) {
    expect(end).toMatchObject({ status: 200, contentType: 'text/event-stream', failure: null })
    expect(headers).toEqual({
      'content-type': 'text/event-stream',
      'x-first': 'one',
      'x-second': 'two',
      'transfer-encoding': 'chunked',
    })
  }
})

test('stamps every read when it arrives, not when the body ends', async () => {
  await using server = await startRawServer(async (socket) => {
    socket.write(streamHead())
    for (const text of ['one', 'two', 'three']) {
      socket.write(httpChunk(text))
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    socket.write(LAST_CHUNK)
  })
  const client = clientFor(server.origin)
  const { segment } = await ask(client)
  await client.close()
  expect(segment.readNs).toHaveLength(3)
  expect(segment.readNs[1]! - segment.readNs[0]!).toBeGreaterThan(20e6)
  expect(segment.readNs[2]! - segment.readNs[1]!).toBeGreaterThan(20e6)
})

test('everything that came in one read has one stamp, however many HTTP chunks it is', async () => {
  const texts = Array.from({ length: 40 }, (_, index) => `data: ${index}\n\n`)
  await using server = await startRawServer(async (socket) => {
    for (let burst = 0; burst < 3; burst++) {
      socket.write((burst === 0 ? streamHead() : '') + texts.map(httpChunk).join(''))
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    socket.write(LAST_CHUNK)
  })
  const client = clientFor(server.origin)
  const { end, segment } = await ask(client)
  await client.close()
  expect(segment.readNs).toHaveLength(120)
  const stamps = [...new Set(segment.readNs)]
  expect(stamps).toHaveLength(3)
  expect(end.moments.headersNs).toBe(stamps[0])
})

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

test('informational responses before the real one are passed over', async () => {
  await using server = await startRawServer((socket, request) => {
    socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n')
    answer(socket, request)
  })
  expect((await ask(clientFor(server.origin))).end).toMatchObject({ status: 200, failure: null })
})

test('redirects are not followed and compressed bytes are handed on as they are', async () => {
  await using server = await startRawServer((socket, { index }) => {
    if (index === 0) socket.write(response(307, 'text/plain', '', 'location: /elsewhere\r\n'))
    else
      socket.write(response(200, 'text/event-stream', Buffer.of(0x1f, 0x8b, 8), 'content-encoding: gzip\r\n'))
  })
  const client = clientFor(server.origin)
  expect((await ask(client)).end).toMatchObject({ status: 307, failure: null })
  const { end, segment } = await ask(client)
  await client.close()
  expect(end.contentEncoding).toBe('gzip')
  expect([...segment.bytes]).toEqual([0x1f, 0x8b, 8])
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

test('a host name that does not exist is a dns failure', async () => {
  const { end } = await ask(clientFor('http://no-such-host.invalid'))
  expect(end.failure).toMatchObject({ reason: 'dns' })
})

test('a server that never answers is a headers-timeout, one that falls silent a stream-timeout', async () => {
  await using server = await startRawServer((socket, { text }) => {
    if (!text.startsWith('POST /silent')) return
    socket.write(streamHead())
    socket.write(httpChunk('data: 1\n\n'))
  })
  const client = clientFor(server.origin, { headersTimeoutNs: 300e6, streamTimeoutNs: 300e6 })
  const [hanging, silent] = await Promise.all([ask(client), ask(client, { ...REQUEST, path: '/silent' })])
  expect(hanging.end).toMatchObject({ status: null, failure: { reason: 'headers-timeout' } })
  expect(silent.end).toMatchObject({ status: 200, failure: { reason: 'stream-timeout' } })
  expect(silent.segment.readNs).toHaveLength(1)
  for (const { end } of [hanging, silent]) {
    expect(end.moments.endNs - end.moments.sentNs!).toBeGreaterThan(290e6)
  }
})

test('a handshake that never ends is a connect-timeout', async () => {
  const server = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const { end } = await ask(clientFor(`https://127.0.0.1:${port}`, { connectTimeoutNs: 300e6 }))
  expect(end.failure).toMatchObject({ reason: 'connect-timeout' })
  expect(end.moments.sentNs).toBeNull()
  server.close()
})

test('a connection reset in the middle of a body keeps what was read', async () => {
  await using server = await startRawServer((socket) => {
    socket.write(streamHead())
    socket.write(httpChunk('data: 1\n\n'))
    setTimeout(() => socket.resetAndDestroy(), 50)
  })
  const { end, segment } = await ask(clientFor(server.origin))
  expect(end).toMatchObject({ status: 200, attempts: 1, failure: { reason: 'connection-reset' } })
  expect(new TextDecoder().decode(segment.bytes)).toBe('data: 1\n\n')
})

test('an answer that is not HTTP, and one with a body shorter than promised, are failures of the server', async () => {
  await using server = await startRawServer((socket, { index }) => {
    if (index === 0) socket.write('SSH-2.0-OpenSSH_9.2\r\n\r\n')
    else if (index === 1) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nshort')
    else socket.end(`${streamHead(undefined, 'connection: close\r\n')}5\r\nshort\r\n`)
  })
  const client = clientFor(server.origin)
  expect((await ask(client)).end.failure).toMatchObject({ reason: 'not-a-stream' })
  expect((await ask(client)).end.failure).toMatchObject({ reason: 'connection-reset' })
  expect((await ask(client)).end.failure).toMatchObject({ reason: 'connection-reset' })
})

test('abort tells onFailure once with the given failure and destroys the connection, whatever the phase', async () => {
  const closed: Promise<void>[] = []
  await using server = await startRawServer((socket, { text }) => {
    closed.push(new Promise((resolve) => socket.once('close', () => resolve())))
    if (text.startsWith('POST /streaming')) socket.write(streamHead() + httpChunk('data: 1\n\n'))
  })
  const failure = { reason: 'unfinished', detail: 'the run is over' } as const
  const client = clientFor(server.origin)

  for (const [path, moment] of [
    ['/connecting', 'now'],
    ['/waiting', 'onSent'],
    ['/streaming', 'onData'],
  ] as const) {
    const told: unknown[] = []
    await new Promise<void>((resolve) => {
      const giveUp = () => {
        abort(failure)
        abort({ reason: 'client', detail: 'twice' })
      }
      const abort = client.send(
        { ...REQUEST, path },
        {
          ...IGNORE,
          ...(moment === 'now' ? {} : { [moment]: () => setImmediate(giveUp) }),
          onEnd: () => told.push('end'),
          onFailure: (_atNs, reason) => {
            told.push(reason)
            setTimeout(resolve, 30)
          },
        },
      )
      if (moment === 'now') giveUp()
    })
    expect(told, path).toEqual([failure])
  }
  await client.close()
  // The first never got as far as a request.
  await Promise.all(closed)
  expect(closed).toHaveLength(2)
})

test('an observer that aborts inside onData hears nothing more', async () => {
  await using server = await startRawServer(answer)
  const told: string[] = []
  await new Promise<void>((resolve) => {
    const abort = clientFor(server.origin).send(REQUEST, {
      ...IGNORE,
      onData: () => {
        told.push('data')
        abort({ reason: 'unfinished', detail: '' })
      },
      onEnd: () => told.push('end'),
      onFailure: () => {
        told.push('failure')
        setTimeout(resolve, 50)
      },
    })
  })
  expect(told).toEqual(['data', 'failure'])
})

test('a header that HTTP forbids is a failure of the client, told after send has returned and without its value', async () => {
  const client = clientFor('http://127.0.0.1:1')
  let returned = false
  const failure = await new Promise<TransportFailure>((resolve) => {
    client.send(
      { ...REQUEST, headers: { authorization: 'Bearer secret\nx: y' } },
      {
        ...IGNORE,
        onFailure: (_atNs, told) => {
          expect(returned).toBe(true)
          resolve(told)
        },
      },
    )
    returned = true
  })
  expect(failure.reason).toBe('client')
  expect(failure.detail).not.toContain('secret')
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

const IGNORE: ExchangeObserver = {
  onConnect() {},
  onSent() {},
  onResend() {},
  onHeaders() {},
  onData() {},
  onEnd() {},
  onFailure() {},
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
