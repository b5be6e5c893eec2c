import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** A thread that sleeps for this one, which stays free to read its sockets. */
export interface Sleeper {
  /** Fulfilled once the thread runs, or cannot be had; until then nobody is woken. */
  readonly ready: Promise<void>
  /**
   * Calls `onWake` at `atNs` on the machine's monotonic clock (`createMonotonicClock()`); at once if that has passed.
   * Takes the place of the call before. May call more than once, and for a moment that was set before: look at the clock.
   */
  sleepUntil(atNs: number, onWake: () => void): void
  /** Ends the thread; nobody is woken afterwards. Idempotent. */
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
 */
export function startSleeper(): Sleeper {
  const memory: SleeperMemory = {
    version: new Int32Array(new SharedArrayBuffer(4)),
    atNs: new Float64Array(new SharedArrayBuffer(8)).fill(Number.POSITIVE_INFINITY),
  }
  let wake: (() => void) | undefined
  const { promise: ready, resolve: markReady } = Promise.withResolvers<void>()
  const worker = new Worker(new URL(`./sleeper-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: memory,
  })
  worker.on('message', () => {
    markReady()
    wake?.()
  })
  // Without it moments are as late as a timer is, and a run tells how late that was.
  worker.on('error', () => {})
  worker.on('exit', () => markReady())
  worker.unref()
  return {
    ready,
    sleepUntil(atNs, onWake) {
      wake = onWake
      memory.atNs[0] = atNs
      Atomics.add(memory.version, 0, 1)
      Atomics.notify(memory.version, 0)
    },
    close() {
      wake = undefined
      void worker.terminate()
    },
  }
}
