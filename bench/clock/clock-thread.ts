/** Answers each message with the time by a clock of its own, between which the asker can bracket it. */
import { workerData } from 'node:worker_threads'
import { createMonotonicClock } from '../../src/clock/monotonic-clock.ts'

/** `turn` 1: asked, 2: answered; `answer[0]` is the thread's time. */
const { turn, answer, rounds } = workerData as {
  readonly turn: Int32Array<SharedArrayBuffer>
  readonly answer: Float64Array<SharedArrayBuffer>
  readonly rounds: number
}

const clock = createMonotonicClock()
for (let round = 0; round < rounds; round++) {
  while (Atomics.load(turn, 0) !== 1);
  answer[0] = clock.nowNs()
  Atomics.store(turn, 0, 2)
}
