import { expect, test } from 'vitest'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import { constantArrivals } from './arrivals/constant-arrivals.ts'
import { planOpenLoop } from './plan-open-loop.ts'

const limits = { requests: null, durationNs: 1e9, warmupRequests: 0, warmupNs: 0 }
const plan = (ratePerSec: number) =>
  planOpenLoop(constantArrivals, { ratePerSec }, limits, createRandomStream(1), 5000)

test('a schedule may hold the largest number of requests and not one more', () => {
  expect(plan(5000).size).toBe(5000)
  expect(() => plan(5001)).toThrow('the plan would hold more than 5000 requests')
})

test('a process whose time does not advance is stopped', () => {
  const stuck = { ...constantArrivals, dueTimesNs: () => zeros() }
  const run = () => planOpenLoop(stuck, { ratePerSec: 1 }, limits, createRandomStream(1), 5000)
  expect(run).toThrow('more than 5000 requests')
})

function* zeros(): Generator<number, never> {
  for (;;) yield 0
}
