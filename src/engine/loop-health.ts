import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { LoopHealth } from './thread-messages.ts'

const RESOLUTION_MS = 5

/** Watches this thread's event loop from now on; the returned function stops and tells what was seen. */
export function watchEventLoop(worker: number): () => LoopHealth {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  const before = performance.eventLoopUtilization()
  delay.enable()
  return () => {
    delay.disable()
    // The histogram holds the whole interval between two firings of a timer, its period included.
    const lateNs = (ns: number): number => Math.max(0, ns - RESOLUTION_MS * 1e6)
    return {
      worker,
      loopDelayP99Ns: delay.count === 0 ? 0 : lateNs(delay.percentile(99)),
      loopDelayMaxNs: delay.count === 0 ? 0 : lateNs(delay.max),
      loopUtilizationFraction: performance.eventLoopUtilization(before).utilization,
    }
  }
}
