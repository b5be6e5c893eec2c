import type { Clock } from './clock.ts'
import { createMonotonicClock } from './monotonic-clock.ts'
import { startSleeper } from './sleeper.ts'

/** Calls back at moments of one clock. */
export interface Waker {
  /**
   * Calls `callback` once, at `atNs` or as soon after it as the event loop allows, never before and never within this
   * call. Moments are called in their order, equal ones in the order of the calls. Keeps the thread running until
   * then. Returns a function that cancels the call.
   */
  wakeAt(atNs: number, callback: () => void): () => void
  /** Cancels every call, takes no more, and ends the waker's thread. Idempotent. */
  close(): void
}

interface Call {
  readonly atNs: number
  readonly callback: () => void
  cancelled: boolean
}

/** The longest that a timer can be set to is about 2^31 ms. */
const LONGEST_TIMER_MS = 2 ** 30

/**
 * Makes a waker whose waits end some 0.1 ms after the moment on a quiet machine and cost no CPU in between: a second
 * thread sleeps until the earliest moment (`Sleeper`). A timer, which may be 1 to 2 ms late, is set beside it, so that
 * nothing but precision depends on that thread.
 *
 * What else was tried, with figures: `docs/decisions/0005-waiting-for-a-moment.md`.
 */
export function createWaker(clock: Clock): Waker {
  const machine = createMonotonicClock()
  const sleeper = startSleeper(wake)
  /** The earliest last. */
  const calls: Call[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let immediate: ReturnType<typeof setImmediate> | undefined
  let waking = false
  let closed = false

  /** Sleeps until the earliest moment. */
  function arm(): void {
    clearTimeout(timer)
    clearImmediate(immediate)
    const next = calls.at(-1)
    // Nobody is to be woken: the thread may sleep on until the moment that it knows.
    if (next === undefined) return
    const leftNs = next.atNs - clock.nowNs()
    if (leftNs <= 0) immediate = setImmediate(wake)
    else {
      sleeper.sleepUntil(machine.nowNs() + leftNs)
      timer = setTimeout(wake, Math.min(LONGEST_TIMER_MS, Math.ceil(leftNs / 1e6)))
    }
  }

  /** Calls what is due by now; what is added meanwhile waits for a later turn, so that sockets are read in between. */
  function wake(): void {
    const nowNs = clock.nowNs()
    const due: Call[] = []
    while (calls.length > 0 && calls.at(-1)!.atNs <= nowNs) due.push(calls.pop()!)
    waking = true
    for (const call of due) if (!call.cancelled && !closed) call.callback()
    waking = false
    arm()
  }

  return {
    wakeAt(atNs, callback) {
      const call: Call = { atNs, callback, cancelled: false }
      if (closed) return () => {}
      const at = calls.findLastIndex((other) => other.atNs > atNs) + 1
      calls.splice(at, 0, call)
      if (at === calls.length - 1 && !waking) arm()
      return () => {
        call.cancelled = true
        const index = calls.indexOf(call)
        if (index >= 0) calls.splice(index, 1)
        if (index >= 0 && index === calls.length && !waking) arm()
      }
    },
    close() {
      closed = true
      calls.length = 0
      clearTimeout(timer)
      clearImmediate(immediate)
      sleeper.close()
    },
  }
}
