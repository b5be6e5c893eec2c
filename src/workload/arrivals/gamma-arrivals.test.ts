import { expect, test } from 'vitest'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { mean } from '../../numerics/mean.ts'
import { variance } from '../../numerics/variance.ts'
import { gammaArrivals } from './gamma-arrivals.ts'

for (const cv of [0.1, 1, 2.5]) {
  test(`gaps have the asked coefficient of variation ${cv} within 4 %`, () => {
    const gaps: number[] = []
    let previous = 0
    for (const due of gammaArrivals.dueTimesNs!({ ratePerSec: 50, cv }, createRandomStream(1))) {
      gaps.push(due - previous)
      previous = due
      if (gaps.length === 50_000) break
    }
    expect(Math.abs(Math.sqrt(variance(gaps)!) / mean(gaps)! / cv - 1)).toBeLessThan(0.04)
  })
}
