/**
 * The yardstick: as many bare sockets as there are streams, on a thread of their own. Every read is stamped and its
 * bytes are counted, nothing else; one stream in a hundred looks at when its events were written.
 */
import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { createMonotonicClock } from '../../src/clock/monotonic-clock.ts'
import { measureWindow } from './measure-window.ts'
import { EVENT_CHUNK, readSentNs } from './paced-event.ts'
import type { BareRun, StampingSetup } from './stamping-run.ts'

const REQUEST = 'POST / HTTP/1.1\r\nhost: paced\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}'
const { port, startNs, window, sampleEvery } = workerData as StampingSetup
const zeroNs = createMonotonicClock().nowNs()
const clock = createMonotonicClock(zeroNs)
const delaysNs: number[] = []
const edges: { bytes: number; reads: number }[] = []
let lastNs = 0
let bytes = 0
let reads = 0

function readStream(isSample: boolean): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.write(REQUEST)
  socket.on('data', (data) => {
    lastNs = clock.nowNs()
    bytes += data.length
    reads += 1
    if (!isSample || edges.length !== 1) return
    const sentNs = readSentNs(data)
    if (sentNs !== null) delaysNs.push(lastNs + zeroNs - sentNs)
  })
  return new Promise((resolve, reject) => socket.on('close', resolve).on('error', reject))
}

const measured = measureWindow(clock, window, () => edges.push({ bytes, reads }))
await Promise.all(
  startNs.map(async (atNs, index) => {
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, (atNs - clock.nowNs()) / 1e6)))
    await readStream(index % sampleEvery === 0)
  }),
)
const result: BareRun = {
  cpuUs: (await measured).cpuUs,
  events: (edges[1]!.bytes - edges[0]!.bytes) / EVENT_CHUNK.length,
  reads: edges[1]!.reads - edges[0]!.reads,
  delaysNs,
}
parentPort!.postMessage(result)
