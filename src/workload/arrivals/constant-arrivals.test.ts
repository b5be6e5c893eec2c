import { expect, test } from 'vitest'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { constantArrivals } from './constant-arrivals.ts'

test('the first request is due at 0 and no rounding adds up: the millionth at 3 per second is due to the nanosecond', () => {
  let k = 0
  for (const due of constantArrivals.dueTimesNs!({ ratePerSec: 3 }, createRandomStream(1))) {
    // Rounded by integers: (2 k 10^9 + 3) / 6, floored.
    if (k % 99_999 === 0) expect(BigInt(due)).toBe((2n * BigInt(k) * 1_000_000_000n + 3n) / 6n)
    if (k++ === 999_990) break
  }
})
