import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks'
import type { LoopHealth } from './thread-messages.ts'

const RESOLUTION_MS = 5

/** Watches this thread's event loop and garbage collector from now on; the returned function stops and tells. */
export function watchEventLoop(worker: number): () => LoopHealth {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  const before = performance.eventLoopUtilization()
  const pausesMs: number[] = []
  const keep = (entries: readonly { readonly duration: number }[]): void => {
    for (const { duration } of entries) pausesMs.push(duration)
  }
  const collections = new PerformanceObserver((list) => keep(list.getEntries()))
  collections.observe({ entryTypes: ['gc'] })
  delay.enable()
  return () => {
    delay.disable()
    // Collections that were seen but not told yet.
    keep(collections.takeRecords())
    collections.disconnect()
    // The histogram holds the whole interval between two firings of a timer, its period included.
    const lateNs = (ns: number): number => Math.max(0, ns - RESOLUTION_MS * 1e6)
    return {
      worker,
      loopDelayP99Ns: delay.count === 0 ? 0 : lateNs(delay.percentile(percentOf(delay.count))),
      loopDelayMaxNs: delay.count === 0 ? 0 : lateNs(delay.max),
      loopUtilizationFraction: performance.eventLoopUtilization(before).utilization,
      gcCount: pausesMs.length,
      gcTotalNs: pausesMs.reduce((sum, ms) => sum + ms, 0) * 1e6,
      gcMaxNs: pausesMs.reduce((longest, ms) => Math.max(longest, ms), 0) * 1e6,
    }
  }
}

/** p99; of so few firings that one pause would decide it, the third longest. */
function percentOf(count: number): number {
  return Math.min(99, (100 * Math.max(1, count - 2)) / count)
}
