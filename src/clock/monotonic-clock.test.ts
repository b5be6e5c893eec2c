import { expect, test } from 'vitest'
import { createMonotonicClock } from './monotonic-clock.ts'

test('agrees with process.hrtime.bigint and gives integers that never decrease', () => {
  const clock = createMonotonicClock()
  let previousNs = 0
  const brackets = Array.from({ length: 1000 }, () => {
    const before = Number(process.hrtime.bigint())
    const nowNs = clock.nowNs()
    const after = Number(process.hrtime.bigint())
    expect(Number.isSafeInteger(nowNs)).toBe(true)
    expect(nowNs).toBeGreaterThanOrEqual(previousNs)
    previousNs = nowNs
    return Math.max(before - nowNs, nowNs - after, 0)
  })
  // How far outside its bracket a stamp lies; the machine may interrupt one but not most.
  expect(brackets.sort((a, b) => a - b)[500]).toBeLessThan(100_000)
})
