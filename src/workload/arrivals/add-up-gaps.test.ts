import { expect, test } from 'vitest'
import { addUpGaps } from './add-up-gaps.ts'

test('the first time is the first gap, and gaps below a nanosecond are not lost to rounding', () => {
  let k = 0
  for (const due of addUpGaps(() => 0.3e-9)) {
    k++
    expect(Math.abs(due - 0.3 * k)).toBeLessThanOrEqual(0.5001)
    if (k === 10_000) break
  }
})

test('ten million gaps of a tenth of a millisecond end within a nanosecond of the exact sum', () => {
  let k = 0
  for (const due of addUpGaps(() => 1e-4)) {
    if (++k < 10_000_000) continue
    expect(Math.abs(due - 1e12)).toBeLessThanOrEqual(1)
    break
  }
})
