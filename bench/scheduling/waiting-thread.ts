/** One thread that waits for moments by one strategy, and reads stamped chunks beside if there is a server. */
import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { createMonotonicClock } from '../../src/clock/monotonic-clock.ts'
import { readSentNs } from '../stamping/paced-event.ts'
import { STRATEGIES } from './strategies.ts'

export interface WaitingSetup {
  readonly strategy: string
  /** Moments, ns from the start of the window. */
  readonly dueNs: Float64Array
  readonly windowNs: number
  /** Port of a paced server and the number of streams to read from it. */
  readonly streams: { readonly port: number; readonly count: number } | null
}

export interface WaitingResult {
  readonly lateNs: Float64Array
  readonly stampErrorNs: Float64Array
  readonly threadCpuFraction: number
  readonly processCpuFraction: number
}

const REQUEST = 'POST / HTTP/1.1\r\nhost: paced\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}'
const { strategy: name, dueNs, windowNs, streams } = workerData as WaitingSetup
const clock = createMonotonicClock()
const strategy = STRATEGIES[name]!()
const stampErrorNs: number[] = []
let isOpen = false

const sockets = Array.from({ length: streams?.count ?? 0 }, () => {
  const socket = connect({ port: streams!.port, host: '127.0.0.1', noDelay: true })
  socket.on('data', (data) => {
    const readNs = clock.nowNs()
    const sentNs = isOpen ? readSentNs(data) : null
    if (sentNs !== null) stampErrorNs.push(readNs - sentNs)
  })
  socket.on('error', () => {})
  socket.write(REQUEST)
  return socket
})
// Threads have started and code is warm by then.
await new Promise((resolve) => setTimeout(resolve, 500))

const zeroNs = clock.nowNs()
const endNs = zeroNs + windowNs
const lateNs = new Float64Array(dueNs.length)
const processBefore = process.cpuUsage()
const threadBefore = process.threadCpuUsage()
isOpen = true
const cancel = await new Promise<() => void>((resolve) => {
  let next = 0
  let cancelWake = (): void => {}
  const pump = (): void => {
    while (next < dueNs.length && clock.nowNs() >= zeroNs + dueNs[next]!) {
      lateNs[next] = clock.nowNs() - zeroNs - dueNs[next]!
      next += 1
    }
    // Idle afterwards, but for a moment that lies far ahead.
    cancelWake = strategy.wakeAt(clock, next < dueNs.length ? zeroNs + dueNs[next]! : zeroNs + 3600e9, pump)
  }
  pump()
  setTimeout(() => resolve(() => cancelWake()), windowNs / 1e6)
})
const spentNs = clock.nowNs() - endNs + windowNs
const share = ({ user, system }: NodeJS.CpuUsage): number => ((user + system) * 1e3) / spentNs
const threadCpuFraction = share(process.threadCpuUsage(threadBefore))
const processCpuFraction = share(process.cpuUsage(processBefore))
cancel()
strategy.close()
for (const socket of sockets) socket.destroy()
parentPort!.postMessage({
  lateNs,
  stampErrorNs: Float64Array.from(stampErrorNs),
  threadCpuFraction,
  processCpuFraction,
} satisfies WaitingResult)
