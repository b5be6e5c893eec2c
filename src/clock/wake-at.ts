import type { Clock } from './clock.ts'

/** Timers fire up to 2 ms late or early on Linux: the last stretch is polled, letting socket reads run in between. */
const POLL_NS = 1_500_000

/**
 * Calls `callback` once, at `atNs` or as soon after it as the event loop allows, never before. Sleeps on a timer for
 * all but the last 1.5 ms, then polls with `setImmediate`. Returns a function that cancels the call.
 */
export function wakeAt(clock: Clock, atNs: number, callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let immediate: ReturnType<typeof setImmediate> | undefined
  const wait = (): void => {
    const leftNs = atNs - clock.nowNs()
    if (leftNs <= 0) callback()
    else if (leftNs > POLL_NS)
      timer = setTimeout(wait, Math.min(2 ** 30, Math.max(1, Math.floor((leftNs - POLL_NS) / 1e6))))
    else immediate = setImmediate(wait)
  }
  // A callback that is already late still runs asynchronously: callers may rely on the cancel function being set.
  immediate = setImmediate(wait)
  return () => {
    clearTimeout(timer)
    clearImmediate(immediate)
  }
}
