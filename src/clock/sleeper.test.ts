import { expect, onTestFinished, test } from 'vitest'
import { createMonotonicClock } from './monotonic-clock.ts'
import { startSleeper } from './sleeper.ts'

function open() {
  const clock = createMonotonicClock()
  const sleeper = startSleeper()
  onTestFinished(sleeper.close)
  // The sleeper does not keep a program running.
  const alive = setInterval(() => {}, 1000)
  onTestFinished(() => clearInterval(alive))
  /** When it wakes. */
  const sleepUntil = (atNs: number) =>
    new Promise<number>((resolve) => sleeper.sleepUntil(atNs, () => resolve(clock.nowNs())))
  return { clock, sleeper, sleepUntil }
}

/** Two threads read one clock, each with its own measured offset. */
const TOLERANCE_NS = 100_000

test('wakes at each moment it is told, not before', async () => {
  const { clock, sleeper, sleepUntil } = open()
  await sleeper.ready
  for (const aheadNs of [0, 2e6, 100_000]) {
    const atNs = clock.nowNs() + aheadNs
    expect(await sleepUntil(atNs)).toBeGreaterThan(atNs - TOLERANCE_NS)
  }
})

test('an earlier moment takes the place of a later one, and a later one of an earlier', async () => {
  const { clock, sleeper, sleepUntil } = open()
  await sleeper.ready
  void sleepUntil(clock.nowNs() + 3600e9)
  await sleepUntil(clock.nowNs() + 1e6)
  const atNs = clock.nowNs() + 200e6
  void sleepUntil(clock.nowNs() + 100e6)
  expect(await sleepUntil(atNs)).toBeGreaterThan(atNs - TOLERANCE_NS)
})

test('does not wake once it is closed', async () => {
  const { clock, sleeper, sleepUntil } = open()
  await sleeper.ready
  let woken = false
  void sleepUntil(clock.nowNs() + 5e6).then(() => {
    woken = true
  })
  sleeper.close()
  sleeper.close()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(woken).toBe(false)
})

test('is ready, as far as waiting for it goes, when it was closed before it ran', async () => {
  const { sleeper } = open()
  sleeper.close()
  await sleeper.ready
})
