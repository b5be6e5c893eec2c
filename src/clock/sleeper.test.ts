import { expect, onTestFinished, test } from 'vitest'
import { createMonotonicClock } from './monotonic-clock.ts'
import { startSleeper } from './sleeper.ts'

/** A sleeper, and a promise of the moment of its next wake-up. */
function open() {
  const clock = createMonotonicClock()
  let wake: (nowNs: number) => void = () => {}
  const sleeper = startSleeper(() => wake(clock.nowNs()))
  onTestFinished(sleeper.close)
  const nextWake = () => new Promise<number>((resolve) => (wake = resolve))
  // The sleeper does not keep a program running.
  const alive = setInterval(() => {}, 1000)
  onTestFinished(() => clearInterval(alive))
  return { clock, sleeper, nextWake }
}

test('wakes at each moment it is told, not before', async () => {
  const { clock, sleeper, nextWake } = open()
  for (const aheadNs of [0, 2e6, 100_000]) {
    const atNs = clock.nowNs() + aheadNs
    const wake = nextWake()
    sleeper.sleepUntil(atNs)
    // Two threads read one clock, each with its own measured offset.
    expect(await wake).toBeGreaterThan(atNs - 100_000)
  }
})

test('an earlier moment takes the place of a later one, and a later one of an earlier', async () => {
  const { clock, sleeper, nextWake } = open()
  const wake = nextWake()
  sleeper.sleepUntil(clock.nowNs() + 3600e9)
  sleeper.sleepUntil(clock.nowNs() + 1e6)
  await wake
  const second = nextWake()
  const atNs = clock.nowNs() + 200e6
  sleeper.sleepUntil(clock.nowNs() + 100e6)
  sleeper.sleepUntil(atNs)
  expect(await second).toBeGreaterThan(atNs - 100_000)
})

test('does not wake once it is closed', async () => {
  const { clock, sleeper, nextWake } = open()
  let woken = false
  void nextWake().then(() => {
    woken = true
  })
  sleeper.sleepUntil(clock.nowNs() + 5e6)
  sleeper.close()
  sleeper.close()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(woken).toBe(false)
})
