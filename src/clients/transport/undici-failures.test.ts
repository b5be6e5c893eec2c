import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { httpChunk, response, startRawServer, streamHead } from '../../../test/servers/raw-server.ts'
import { answer, ask, clientFor, IGNORE, REQUEST } from '../../../test/servers/transport-client.ts'
import type { TransportFailure } from '../../engine/client.ts'

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
