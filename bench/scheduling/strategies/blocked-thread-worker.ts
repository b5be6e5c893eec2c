/** The thread of `blockedThread`: it never returns to its event loop. */
import { parentPort, workerData } from 'node:worker_threads'
import { createMonotonicClock } from '../../../src/clock/monotonic-clock.ts'
import type { BlockedThreadData } from './blocked-thread.ts'

const { memory, handOver } = workerData as BlockedThreadData
const words = new Int32Array(memory, 0, 4)
const moment = new Float64Array(memory, 16, 1)
const clock = createMonotonicClock()

for (;;) {
  const version = Atomics.load(words, 0)
  const atNs = moment[0]!
  const leftNs = atNs - clock.nowNs()
  if (atNs === 0) Atomics.wait(words, 0, version)
  else if (leftNs > 0) Atomics.wait(words, 0, version, leftNs / 1e6)
  else {
    moment[0] = 0
    if (handOver === 'message') parentPort!.postMessage(0)
    else {
      Atomics.add(words, 1, 1)
      Atomics.notify(words, 1)
    }
    Atomics.wait(words, 0, version)
  }
}
