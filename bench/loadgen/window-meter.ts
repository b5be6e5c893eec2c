import { readPacedText } from '../../src/calibration/paced-text.ts'
import type { Clock } from '../../src/clock/clock.ts'
import type { ClientRun, ClientSetup } from './client-run.ts'

/** Counts what a single-threaded client sees, and its CPU, within the window. */
export interface WindowMeter {
  /** The client has a chunk. `text` of one that is to be timed. */
  chunk(text: string | null): void
  /** As {@link chunk}, for a read whose chunks are only counted by bytes. */
  read(chunks: number): void
  /** A timed chunk, written at `sentNs`, was there at `atNs`. */
  delay(sentNs: number, atNs: number): void
  streamOver(): void
  /** Waits for the moment at which a stream is to start. */
  until(ns: number): Promise<void>
  /** After the last stream. */
  result(): Promise<ClientRun>
}

export function createWindowMeter(clock: Clock, { window }: ClientSetup): WindowMeter {
  const zeroNs = clock.nowNs()
  const rssBefore = process.memoryUsage.rss()
  const delaysNs: number[] = []
  let rssInside = 0
  let inside = false
  let chunks = 0
  let reads = 0
  let allChunks = 0
  let complete = 0

  async function until(ns: number): Promise<void> {
    const aheadMs = (zeroNs + ns - clock.nowNs()) / 1e6
    if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs))
  }

  async function measure() {
    await until(window.fromNs)
    const fromNs = clock.nowNs()
    const [thread, whole] = [process.threadCpuUsage(), process.cpuUsage()]
    inside = true
    await until((window.fromNs + window.toNs) / 2)
    rssInside = process.memoryUsage.rss()
    await until(window.toNs)
    inside = false
    const [threadUsed, wholeUsed] = [process.threadCpuUsage(thread), process.cpuUsage(whole)]
    return {
      windowNs: clock.nowNs() - fromNs,
      readerCpuUs: threadUsed.user + threadUsed.system,
      processCpuUs: wholeUsed.user + wholeUsed.system,
    }
  }
  const measured = measure()

  const meter: WindowMeter = {
    chunk(text) {
      if (text !== null && inside) {
        const paced = readPacedText(text)
        if (paced !== null) meter.delay(paced.sentNs, clock.nowNs())
      }
      allChunks += 1
      if (inside) chunks += 1
    },
    read(count) {
      allChunks += count
      if (!inside) return
      chunks += count
      reads += 1
    },
    delay(sentNs, atNs) {
      if (inside) delaysNs.push(atNs - sentNs)
    },
    streamOver() {
      complete += 1
    },
    until,
    async result() {
      const cpu = await measured
      delaysNs.sort((a, b) => a - b)
      return {
        ...cpu,
        chunks,
        reads,
        delaysNs,
        complete,
        allChunks: Math.round(allChunks),
        rssBefore,
        rssInside,
      }
    },
  }
  return meter
}
