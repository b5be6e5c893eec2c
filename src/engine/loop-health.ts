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
    // A thread that never came to rest has not been told of its last collections.
    keep(collections.takeRecords())
    collections.disconnect()
    // The histogram holds the whole interval between two firings of a timer, its period included.
    const lateNs = (ns: number): number => Math.max(0, ns - RESOLUTION_MS * 1e6)
    return {
      worker,
      loopDelayP99Ns: delay.count === 0 ? 0 : lateNs(delay.percentile(99)),
      loopDelayMaxNs: delay.count === 0 ? 0 : lateNs(delay.max),
      loopUtilizationFraction: performance.eventLoopUtilization(before).utilization,
      gcCount: pausesMs.length,
      gcTotalNs: pausesMs.reduce((sum, ms) => sum + ms, 0) * 1e6,
      gcMaxNs: pausesMs.reduce((longest, ms) => Math.max(longest, ms), 0) * 1e6,
    }
  }
}
