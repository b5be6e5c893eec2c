import { expect, test } from 'vitest'
import { createMonotonicClock } from './monotonic-clock.ts'
import { wakeAt } from './wake-at.ts'

test('counts from its zero', () => {
  const zeroNs = createMonotonicClock().nowNs() + 5e9
  expect(createMonotonicClock(zeroNs).nowNs()).toBeLessThan(-4e9)
})

test('never wakes before the moment', async () => {
  const clock = createMonotonicClock()
  for (const aheadNs of [0, 300_000, 1_600_000, 7_300_000]) {
    const atNs = clock.nowNs() + aheadNs
    await new Promise<void>((resolve) => wakeAt(clock, atNs, resolve))
    expect(clock.nowNs()).toBeGreaterThanOrEqual(atNs)
  }
})

test('a cancelled wake-up never comes', async () => {
  const clock = createMonotonicClock()
  let woken = false
  const cancel = wakeAt(clock, clock.nowNs() + 2e6, () => {
    woken = true
  })
  cancel()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(woken).toBe(false)
})
