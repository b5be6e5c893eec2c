import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** A thread that sleeps for this one, which stays free to read its sockets. */
export interface Sleeper {
  /**
   * Sleeps until `atNs` on the machine's monotonic clock (`createMonotonicClock()`) instead of the moment set before;
   * `Infinity`: until the next call. A moment that has passed is woken at once.
   */
  sleepUntil(atNs: number): void
  /** Ends the thread; no wake-up comes afterwards. Idempotent. */
  close(): void
}

/** What both threads see: a word that counts the calls of `sleepUntil`, and the moment of the latest. */
export interface SleeperMemory {
  readonly version: Int32Array<SharedArrayBuffer>
  readonly atNs: Float64Array<SharedArrayBuffer>
}

/**
 * Starts a thread that blocks in `Atomics.wait`, whose time-out the kernel keeps to tens of microseconds, and then sends
 * a message, which wakes the event loop of this thread from its wait for sockets. Costs nothing while it sleeps, does
 * not keep the process running, and ends with the thread that started it.
 *
 * `onWake` may be called more than once for one moment, and for one that was set before: look at the clock. It is not
 * called at all while the thread starts, or if the machine has no room for it.
 */
export function startSleeper(onWake: () => void): Sleeper {
  const memory: SleeperMemory = {
    version: new Int32Array(new SharedArrayBuffer(4)),
    atNs: new Float64Array(new SharedArrayBuffer(8)).fill(Number.POSITIVE_INFINITY),
  }
  const worker = new Worker(new URL(`./sleeper-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: memory,
  })
  worker.on('message', onWake)
  // Without it moments are as late as a timer is, and a run tells how late that was.
  worker.on('error', () => {})
  worker.unref()
  return {
    sleepUntil(atNs) {
      memory.atNs[0] = atNs
      Atomics.add(memory.version, 0, 1)
      Atomics.notify(memory.version, 0)
    },
    close() {
      worker.off('message', onWake)
      void worker.terminate()
    },
  }
}
