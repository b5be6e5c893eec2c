import type { Worker } from 'node:worker_threads'
import type { CpuReading } from '../calibration/summarize-point.ts'
import type { Clock } from '../clock/clock.ts'

const EVERY_MS = 200

/**
 * Reads the CPU time of this process and of `workers` five times a second, until the returned function is called. Node
 * without CPU times of threads (before 24.6) gives `null` for them.
 */
export function watchCpu(clock: Clock, workers: readonly Worker[]): () => readonly CpuReading[] {
  const readings: CpuReading[] = []
  const read = async (): Promise<void> => {
    const threadsNs = await cpuOf(workers)
    const { user, system } = process.cpuUsage()
    readings.push({ atNs: clock.nowNs(), threadsNs, processNs: (user + system) * 1e3 })
  }
  const timer = setInterval(() => void read(), EVERY_MS)
  return () => {
    clearInterval(timer)
    return readings
  }
}

async function cpuOf(workers: readonly Worker[]): Promise<number | null> {
  if (workers.some(({ cpuUsage }) => cpuUsage === undefined)) return null
  try {
    const usages = await Promise.all(workers.map((worker) => worker.cpuUsage()))
    return usages.reduce((sum, { user, system }) => sum + user + system, 0) * 1e3
  } catch {
    // A thread that has ended tells nothing any more.
    return null
  }
}
