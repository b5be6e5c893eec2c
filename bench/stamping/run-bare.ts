import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { BareRun, StampingSetup } from './stamping-run.ts'

/** One run of the bare reader in a thread of its own. */
export async function runBare(setup: StampingSetup): Promise<BareRun> {
  const worker = new Worker(new URL('bare-thread.ts', import.meta.url), { workerData: setup })
  const [result] = (await once(worker, 'message')) as [BareRun]
  return result
}
