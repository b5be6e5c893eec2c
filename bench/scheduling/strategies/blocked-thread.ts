import { Worker } from 'node:worker_threads'
import { createMonotonicClock } from '../../../src/clock/monotonic-clock.ts'
import type { Strategy } from '../strategy.ts'

export type HandOver = 'message' | 'wait-async'

export interface BlockedThreadData {
  readonly memory: SharedArrayBuffer
  readonly handOver: HandOver
}

/**
 * A second thread that is blocked in `Atomics.wait` until the moment and then wakes this one. `leadNs`: it wakes this
 * thread so much too early, and `setImmediate` does the rest.
 */
export function blockedThread(handOver: HandOver, leadNs = 0): Strategy {
  const memory = new SharedArrayBuffer(32)
  const words = new Int32Array(memory, 0, 4)
  const moment = new Float64Array(memory, 16, 1)
  const machine = createMonotonicClock()
  let closed = false
  let look: (() => void) | undefined
  const worker = new Worker(new URL('blocked-thread-worker.ts', import.meta.url), {
    workerData: { memory, handOver } satisfies BlockedThreadData,
  })
  worker.unref()
  if (handOver === 'message') worker.on('message', () => look?.())
  else void listen()
  worker.unref()

  async function listen(): Promise<void> {
    for (let seen = 0; !closed; ) {
      const result = Atomics.waitAsync(words, 1, seen)
      if (result.async) await result.value
      seen = Atomics.load(words, 1)
      look?.()
    }
  }

  return {
    wakeAt(clock, atNs, callback) {
      let immediate: ReturnType<typeof setImmediate> | undefined
      const keepAlive = setInterval(() => {}, 2 ** 30)
      const stop = (): void => {
        clearInterval(keepAlive)
        clearImmediate(immediate)
        if (look === mine) look = undefined
      }
      const mine = (): void => {
        const leftNs = atNs - clock.nowNs()
        if (leftNs <= 0) {
          stop()
          callback()
        } else if (leftNs <= leadNs) immediate = setImmediate(mine)
        else {
          moment[0] = machine.nowNs() + leftNs - leadNs
          Atomics.add(words, 0, 1)
          Atomics.notify(words, 0)
        }
      }
      look = mine
      if (atNs <= clock.nowNs()) immediate = setImmediate(mine)
      else mine()
      return stop
    },
    close() {
      closed = true
      Atomics.add(words, 1, 1)
      Atomics.notify(words, 1)
      void worker.terminate()
    },
  }
}
