/**
 * The clock and the place of the stamp: what a reading costs; how far clocks of several threads are apart; and how much
 * later events that come in one read would be stamped if the time were taken at each HTTP chunk and not once a read.
 * Run: `node bench/clock.ts`.
 */
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { Worker } from 'node:worker_threads'
import { createUndiciClient } from '../src/clients/transport/undici-client.ts'
import { createMonotonicClock } from '../src/clock/monotonic-clock.ts'
import { quantilesOf } from '../src/numerics/quantiles-of.ts'
import { httpChunk, LAST_CHUNK, startRawServer, streamHead } from '../test/servers/raw-server.ts'
import { EVENT_BYTES } from './stamping/paced-event.ts'

const THREADS = 20
const BRACKET_NS = 1000
const READS = 300

const clock = createMonotonicClock()
console.log(`node ${process.version}, load average ${loadavg()[0]!.toFixed(1)}`)
console.log(`one reading of the clock: ${readingNs().toFixed(0)} ns`)
const apartNs: number[] = []
for (let thread = 0; thread < THREADS; thread++) apartNs.push(await offsetOfThread())
console.log(`clocks of ${THREADS} threads against this one: ${spread(apartNs.map(Math.abs), 'ns', 1)}`)
for (const chunks of [1, 8, 32, 128])
  console.log(
    `${chunks} HTTP chunks a read, later the last one would be stamped: ${spread(await lateness(chunks), 'us', 1e3)}`,
  )

function readingNs(): number {
  let bestNs = Number.POSITIVE_INFINITY
  for (let repeat = 0; repeat < 5; repeat++) {
    const startNs = clock.nowNs()
    for (let i = 0; i < 1e6; i++) clock.nowNs()
    bestNs = Math.min(bestNs, (clock.nowNs() - startNs) / 1e6)
  }
  return bestNs
}

/** By the first reading of the other thread that lies within a microsecond of this one's; it is half of that off at most. */
async function offsetOfThread(): Promise<number> {
  const turn = new Int32Array(new SharedArrayBuffer(4))
  const answer = new Float64Array(new SharedArrayBuffer(8))
  const worker = new Worker(new URL('clock/clock-thread.ts', import.meta.url), {
    workerData: { turn, answer },
  })
  await once(worker, 'message')
  for (;;) {
    const beforeNs = clock.nowNs()
    Atomics.store(turn, 0, 1)
    while (Atomics.load(turn, 0) !== 2);
    const afterNs = clock.nowNs()
    if (afterNs - beforeNs > BRACKET_NS) continue
    Atomics.store(turn, 0, 3)
    await once(worker, 'exit')
    return answer[0]! - (beforeNs + afterNs) / 2
  }
}

/** Of each read: from its stamp to the moment the HTTP layer gave out its last chunk. */
async function lateness(chunksPerRead: number): Promise<number[]> {
  const event = httpChunk('x'.repeat(EVENT_BYTES))
  const burst = Buffer.concat(new Array<Buffer>(chunksPerRead).fill(event))
  await using server = await startRawServer(async (socket) => {
    socket.write(streamHead())
    for (let read = 0; read < READS; read++) {
      socket.write(burst)
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    socket.write(LAST_CHUNK)
  })
  const timeouts = { connectTimeoutNs: 10e9, headersTimeoutNs: 10e9, streamTimeoutNs: 10e9 }
  const client = createUndiciClient({ origin: server.origin, clock, ...timeouts })
  const lastOf = new Map<number, number>()
  await new Promise<void>((resolve, reject) => {
    const nothing = () => {}
    client.send(
      { path: '/', headers: {}, body: '' },
      {
        onConnect: nothing,
        onSent: nothing,
        onResend: nothing,
        onHeaders: nothing,
        onData: (atNs) => lastOf.set(atNs, clock.nowNs() - atNs),
        onEnd: () => resolve(),
        onFailure: (_, { detail }) => reject(new Error(detail)),
      },
    )
  })
  await client.close()
  return [...lastOf.values()]
}

/** Median, p99 and maximum. */
function spread(samplesNs: readonly number[], unit: string, unitNs: number): string {
  const [p50, p99, max] = quantilesOf(Float64Array.from(samplesNs), [0.5, 0.99, 1]).quantiles
  return `p50 ${(p50! / unitNs).toFixed(0)} ${unit}, p99 ${(p99! / unitNs).toFixed(0)} ${unit}, max ${(max! / unitNs).toFixed(0)} ${unit}`
}
