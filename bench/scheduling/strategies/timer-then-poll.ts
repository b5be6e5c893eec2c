import type { Strategy } from '../strategy.ts'

/**
 * `setTimeout` until `windowNs` before the moment, then `setImmediate`. `overshoots`: a wait that is longer than the
 * window is slept away even if the timer, which cannot sleep for less than 1 ms, then ends after the moment.
 */
export function timerThenPoll(windowNs: number, overshoots = false): Strategy {
  return {
    wakeAt(clock, atNs, callback) {
      let timeout: ReturnType<typeof setTimeout> | undefined
      let immediate: ReturnType<typeof setImmediate> | undefined
      const wait = (): void => {
        const leftNs = atNs - clock.nowNs()
        const sleepMs = overshoots
          ? Math.max(1, Math.floor((leftNs - windowNs) / 1e6))
          : Math.floor((leftNs - windowNs) / 1e6)
        if (leftNs <= 0) callback()
        else if (leftNs > windowNs && sleepMs >= 1) timeout = setTimeout(wait, Math.min(2 ** 30, sleepMs))
        else immediate = setImmediate(wait)
      }
      immediate = setImmediate(wait)
      return () => {
        clearTimeout(timeout)
        clearImmediate(immediate)
      }
    },
    close: () => {},
  }
}
