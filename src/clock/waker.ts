import type { Clock } from './clock.ts'
import { createMonotonicClock } from './monotonic-clock.ts'
import { type Sleeper, startSleeper } from './sleeper.ts'

/** Calls back at moments of one clock. */
export interface Waker {
  /**
   * Calls `callback` once, at `atNs` or as soon after it as the event loop allows, never before and never within this
   * call. Moments are called in their order, equal ones in the order of the calls. Keeps the thread running until
   * then. Returns a function that cancels the call.
   */
  wakeAt(atNs: number, callback: () => void): () => void
  /** Cancels every call, takes no more, and closes the sleeper. Idempotent. */
  close(): void
}

interface Call {
  readonly atNs: number
  readonly callback: () => void
  cancelled: boolean
}

/** The longest that a timer can be set to is about 2^31 ms. */
const LONGEST_TIMER_MS = 2 ** 30
/** How long after a moment the timer beside the sleeper fires: it is hardly ever first, and need not be set anew often. */
const TIMER_LATE_MS = 2

/**
 * Makes a waker whose waits end some 0.1 ms after the moment on a quiet machine and cost no CPU in between: a second
 * thread sleeps until the earliest moment (`Sleeper`). A timer that fires some 2 ms later is set beside it, so that
 * nothing but precision depends on that thread.
 *
 * @param sleeper of this waker alone; one that is started beforehand is ready when the first moment comes
 *
 * What else was tried, with figures: `docs/decisions/0005-waiting-for-a-moment.md`.
 */
export function createWaker(clock: Clock, sleeper: Sleeper = startSleeper()): Waker {
  const machine = createMonotonicClock()
  /** The earliest last. */
  const calls: Call[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let timerAtNs = Number.POSITIVE_INFINITY
  let immediate: ReturnType<typeof setImmediate> | undefined
  let waking = false
  let closed = false

  /** Sleeps until the earliest moment. */
  function arm(): void {
    clearImmediate(immediate)
    const next = calls.at(-1)
    if (next === undefined) {
      clearTimer()
      return
    }
    const leftNs = next.atNs - clock.nowNs()
    if (leftNs <= 0) immediate = setImmediate(wake)
    else sleeper.sleepUntil(machine.nowNs() + leftNs, wake)
    setTimer(next.atNs, leftNs)
  }

  function setTimer(atNs: number, leftNs: number): void {
    // One that fires earlier will do: it finds nothing due and is set again. At high rates it is seldom touched so.
    if (timerAtNs <= atNs + TIMER_LATE_MS * 1e6) return
    clearTimer()
    const ms = Math.min(LONGEST_TIMER_MS, Math.max(0, Math.ceil(leftNs / 1e6)) + TIMER_LATE_MS)
    timerAtNs = atNs - leftNs + ms * 1e6
    timer = setTimeout(() => {
      timerAtNs = Number.POSITIVE_INFINITY
      wake()
    }, ms)
  }

  function clearTimer(): void {
    clearTimeout(timer)
    timerAtNs = Number.POSITIVE_INFINITY
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
      clearTimer()
      clearImmediate(immediate)
      sleeper.close()
    },
  }
}
