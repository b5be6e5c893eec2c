/** Tells the time by a clock of its own whenever it is asked, between two readings of the asker. */
import { parentPort, workerData } from 'node:worker_threads'
import { createMonotonicClock } from '../../src/clock/monotonic-clock.ts'

/** `turn`: 0 nothing, 1 asked, 2 answered, 3 end. `answer[0]` is the thread's time. */
const { turn, answer } = workerData as {
  readonly turn: Int32Array<SharedArrayBuffer>
  readonly answer: Float64Array<SharedArrayBuffer>
}

const clock = createMonotonicClock()
parentPort!.postMessage('ready')
for (;;) {
  const now = Atomics.load(turn, 0)
  if (now === 3) break
  if (now !== 1) continue
  answer[0] = clock.nowNs()
  Atomics.store(turn, 0, 2)
}
