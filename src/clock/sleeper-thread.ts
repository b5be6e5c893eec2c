/** The thread of `startSleeper`. It never returns to its event loop: it is either blocked or posting. */
import { parentPort, workerData } from 'node:worker_threads'
import { createMonotonicClock } from './monotonic-clock.ts'
import type { SleeperMemory } from './sleeper.ts'

const { version, atNs } = workerData as SleeperMemory
const clock = createMonotonicClock()
parentPort!.postMessage('ready')

for (;;) {
  // Read before the moment: a call of `sleepUntil` in between makes the waits below return at once.
  const seen = Atomics.load(version, 0)
  const leftNs = atNs[0]! - clock.nowNs()
  if (leftNs > 0) Atomics.wait(version, 0, seen, leftNs / 1e6)
  else {
    parentPort!.postMessage('wake')
    Atomics.wait(version, 0, seen)
  }
}
