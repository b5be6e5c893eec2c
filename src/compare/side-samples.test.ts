import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MeasuredRequest } from '../metrics/measured-request.ts'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import { createSideSamples, drawWeights } from './side-samples.ts'

const lists = fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 6 }), {
  minLength: 1,
  maxLength: 20,
})
const sideOf = (samples: readonly (readonly number[])[]) =>
  createSideSamples(
    samples as unknown as readonly MeasuredRequest[],
    (request) => request as unknown as number[],
  )

test('a draw is what its samples give when they are written out as often as they were drawn', () => {
  fc.assert(
    fc.property(lists, fc.nat(), (samples, seed) => {
      const weights = drawWeights([samples.length], createRandomStream(seed))
      const drawn = samples.flatMap((list, i) => new Array(weights[i]!).fill(list).flat()) as number[]
      drawn.sort((a, b) => a - b)
      const side = sideOf(samples)
      if (drawn.length === 0) {
        expect(side.resampled('p50', weights)).toBeNull()
        return
      }
      expect(side.resampled('mean', weights)).toBeCloseTo(drawn.reduce((a, b) => a + b, 0) / drawn.length, 9)
      for (const [statistic, p] of [
        ['p50', 0.5],
        ['p90', 0.9],
        ['p99', 0.99],
      ] as const)
        expect(side.resampled(statistic, weights)).toBe(drawn[Math.ceil(p * drawn.length - 1e-9) - 1])
    }),
  )
})

test('as many requests are drawn as there are, of several runs whole runs', () => {
  const one = drawWeights([7], createRandomStream(1))
  expect(one.reduce((a, b) => a + b, 0)).toBe(7)
  const two = drawWeights([5, 5], createRandomStream(3))
  const perRun = [two.slice(0, 5), two.slice(5)].map((run) => run.reduce((a, b) => a + b, 0))
  expect(perRun[0]! % 5).toBe(0)
  expect(perRun[0]! + perRun[1]!).toBe(10)
})
