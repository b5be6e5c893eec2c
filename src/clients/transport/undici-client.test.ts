import { expect, test } from 'vitest'
import {
  chatStream,
  httpChunk,
  LAST_CHUNK,
  startRawServer,
  streamHead,
} from '../../../test/servers/raw-server.ts'
import { answer, ask, clientFor, clock, REQUEST } from '../../../test/servers/transport-client.ts'

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
