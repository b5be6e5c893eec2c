import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { StampingRun, StampingSetup } from './stamping-run.ts'

/** One run of the bare reader in a thread of its own. */
export async function runBare(setup: StampingSetup): Promise<StampingRun> {
  const before = process.cpuUsage()
  const worker = new Worker(new URL('bare-thread.ts', import.meta.url), { workerData: setup })
  const [result] = (await once(worker, 'message')) as [Omit<StampingRun, 'processCpuUs'>]
  const { user, system } = process.cpuUsage(before)
  return { ...result, processCpuUs: user + system }
}
