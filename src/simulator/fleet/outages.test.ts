import { expect, test } from 'vitest'
import { type FailureOptions, type Outage, outagesOf } from './outages.ts'

function first(count: number, outages: Iterator<Outage, undefined>): Outage[] {
  return Array.from({ length: count }, () => outages.next().value!)
}

test('outages are those of the replica, in order, one where they touch or overlap', () => {
  const planned = [
    { replica: 0, fromNs: 50, toNs: 60 },
    { replica: 1, fromNs: 1, toNs: 2 },
    { replica: 0, fromNs: 10, toNs: 20 },
    { replica: 0, fromNs: 12, toNs: 15 },
    { replica: 0, fromNs: 20, toNs: 30 },
  ]
  expect([...outagesOf(0, planned, null)]).toEqual([
    { fromNs: 10, toNs: 30 },
    { fromNs: 50, toNs: 60 },
  ])
  expect([...outagesOf(2, planned, null)]).toEqual([])
})

test('outages at random have the means asked for, by seed and replica', () => {
  const failures: FailureOptions = { meanUpNs: 1e9, meanDownNs: 1e8, seed: 4 }
  const some = first(20_000, outagesOf(0, [], failures))
  const downNs = some.reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0)
  // The standard error of a mean of 20,000 exponential times is 0.7 % of it.
  expect(Math.abs(downNs / some.length / 1e8 - 1)).toBeLessThan(0.03)
  expect(Math.abs((some.at(-1)!.toNs - downNs) / some.length / 1e9 - 1)).toBeLessThan(0.03)
  expect(first(9, outagesOf(0, [], failures))).toEqual(some.slice(0, 9))
  expect(first(9, outagesOf(1, [], failures))).not.toEqual(some.slice(0, 9))
})

test('planned ones and those at random are merged in order and without overlaps', () => {
  const planned = [{ replica: 0, fromNs: 5e8, toNs: 30e9 }]
  const merged = first(50, outagesOf(0, planned, { meanUpNs: 1e9, meanDownNs: 1e9, seed: 0 }))
  for (const [at, { fromNs, toNs }] of merged.entries()) {
    expect(fromNs).toBeLessThan(toNs)
    if (at > 0) expect(fromNs).toBeGreaterThan(merged[at - 1]!.toNs)
  }
  expect(merged.some(({ fromNs, toNs }) => fromNs <= 5e8 && toNs >= 30e9)).toBe(true)
})
