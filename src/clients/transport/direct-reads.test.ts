import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { DIRECT_READS, tellArrivals } from './direct-reads.ts'

/** A socket with direct reads whose peer writes `bytes` when told `go`, then ends. */
async function openSocket(bytes: Buffer): Promise<Socket> {
  const server = createServer((peer) => {
    peer.on('error', () => {})
    peer.once('data', () => peer.end(bytes))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1', onread: DIRECT_READS })
  socket.once('close', () => server.close())
  await once(socket, 'connect')
  return socket
}

function collect(socket: Socket, into: Buffer[]): void {
  socket.on('readable', () => {
    for (let read = socket.read(); read !== null; read = socket.read()) into.push(Buffer.from(read))
  })
}

const BYTES = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251))

test('all bytes come in order, each arrival told before them, then the end', async () => {
  const socket = await openSocket(BYTES)
  const told: number[] = []
  const reads: Buffer[] = []
  tellArrivals(socket, () => told.push(reads.length))
  collect(socket, reads)
  socket.write('go')
  await once(socket, 'end')

  expect(Buffer.concat(reads).equals(BYTES)).toBe(true)
  expect(told).toEqual(reads.map((_, i) => i))
})

test('bytes come within the socket callback: no later turn lies between arrival and listener', async () => {
  const socket = await openSocket(Buffer.from('now'))
  let turn = 0
  const turns: number[] = []
  tellArrivals(socket, () => {
    turn = 0
    process.nextTick(() => {
      turn += 1
    })
  })
  socket.on('readable', () => {
    if (socket.read() !== null) turns.push(turn)
  })
  socket.write('go')
  await once(socket, 'end')
  expect(turns).toEqual([0])
})

test('what arrives before anybody listens is kept, and comes first', async () => {
  const socket = await openSocket(BYTES)
  tellArrivals(socket, () => {})
  socket.write('go')
  await expect.poll(() => socket.readableLength).toBeGreaterThan(0)
  const reads: Buffer[] = []
  collect(socket, reads)
  await once(socket, 'end')
  expect(Buffer.concat(reads).equals(BYTES)).toBe(true)
})

test('a listener that reads another socket gets nothing of this one', async () => {
  const [one, other] = [await openSocket(Buffer.from('one')), await openSocket(Buffer.from('other'))]
  const reads: string[] = []
  tellArrivals(one, () => {})
  tellArrivals(other, () => {})
  other.on('readable', () => {
    const read = other.read()
    if (read !== null) reads.push(String(read))
  })
  one.on('readable', () => {
    expect(other.read()).toBeNull()
    const read = one.read()
    if (read !== null) reads.push(String(read))
  })
  one.write('go')
  await once(one, 'end')
  other.write('go')
  await once(other, 'end')
  expect(reads).toEqual(['one', 'other'])
})
