import type { Strategy } from '../strategy.ts'

/**
 * As `timerThenPoll`, with a window as wide as the timers were late lately, and polling for at most `share` of the time:
 * when that is used up, a timer takes over.
 */
export function adaptivePoll(share: number): Strategy {
  let windowNs = 500_000
  let balanceNs = 0
  let lastNs = 0
  return {
    wakeAt(clock, atNs, callback) {
      let timeout: ReturnType<typeof setTimeout> | undefined
      let immediate: ReturnType<typeof setImmediate> | undefined
      const sleep = (fromNs: number, ms: number): void => {
        timeout = setTimeout(() => {
          const nowNs = clock.nowNs()
          const errorNs = nowNs - fromNs - ms * 1e6
          windowNs +=
            errorNs > windowNs ? 0.1 * (errorNs - windowNs) : 0.01 * (Math.max(50_000, errorNs) - windowNs)
          wait()
        }, ms)
      }
      const poll = (fromNs: number): void => {
        immediate = setImmediate(() => {
          balanceNs -= clock.nowNs() - fromNs
          wait()
        })
      }
      const wait = (): void => {
        const nowNs = clock.nowNs()
        const leftNs = atNs - nowNs
        balanceNs = Math.min(5e6, balanceNs + share * (nowNs - lastNs))
        lastNs = nowNs
        const sleepMs = Math.floor((leftNs - windowNs) / 1e6)
        if (leftNs <= 0) callback()
        else if (sleepMs >= 1) sleep(nowNs, Math.min(2 ** 30, sleepMs))
        else if (balanceNs > 0) poll(nowNs)
        else sleep(nowNs, 1)
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
