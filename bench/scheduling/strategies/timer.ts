import type { Strategy } from '../strategy.ts'

/** `setTimeout` alone, set again when it fires early. */
export function timer(): Strategy {
  return {
    wakeAt(clock, atNs, callback) {
      let timeout: ReturnType<typeof setTimeout> | undefined
      const wait = (): void => {
        const leftNs = atNs - clock.nowNs()
        if (leftNs <= 0) callback()
        else timeout = setTimeout(wait, Math.min(2 ** 30, Math.ceil(leftNs / 1e6)))
      }
      const first = setImmediate(wait)
      return () => {
        clearTimeout(timeout)
        clearImmediate(first)
      }
    },
    close: () => {},
  }
}
