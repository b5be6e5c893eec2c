import { startSleeper } from '../../../src/clock/sleeper.ts'
import { createWaker, type Waker } from '../../../src/clock/waker.ts'
import type { Strategy } from '../strategy.ts'

/** What Metron does: `createWaker`, a sleeping thread with a timer beside it. */
export function kept(): Strategy {
  const sleeper = startSleeper()
  let waker: Waker | undefined
  return {
    wakeAt(clock, atNs, callback) {
      waker ??= createWaker(clock, sleeper)
      return waker.wakeAt(atNs, callback)
    },
    close: () => sleeper.close(),
  }
}
