import { expect, test } from 'vitest'
import { createRouter, type RouterOptions, routerOptions } from './fleet-options.ts'

const request = (prefixBlocks?: readonly number[]) => {
  const lengths = { promptTokens: 100, outputTokens: 1, maxOutputTokens: 1 }
  return prefixBlocks === undefined ? lengths : { ...lengths, prefixBlocks }
}
const fleet = (...outstanding: number[]) => outstanding.map((count, index) => ({ index, outstanding: count }))
const router = (input: Partial<RouterOptions> & { kind: RouterOptions['kind'] }) =>
  createRouter(routerOptions.parse(input))

test('in turn, whatever they have; those that are down lose their turn', () => {
  const { choose } = router({ kind: 'round-robin' })
  const all = fleet(9, 0, 0)
  expect([1, 2, 3, 4].map(() => choose(request(), all).index)).toEqual([0, 1, 2, 0])
  expect([1, 2, 3].map(() => choose(request(), [all[0]!, all[2]!]).index)).toEqual([2, 0, 2])
})

test('the fewest outstanding, ties in turn', () => {
  const { choose } = router({ kind: 'least-outstanding' })
  expect(choose(request(), fleet(2, 1, 3)).index).toBe(1)
  expect([1, 2, 3].map(() => choose(request(), fleet(1, 1, 1)).index)).toEqual([2, 0, 1])
})

test('equal beginnings meet, different ones spread, and only those of a lost replica move', () => {
  const { choose } = router({ kind: 'prefix-affinity', blocks: 2 })
  const up = fleet(0, 0, 0, 0)
  const homes = Array.from(
    { length: 400 },
    (_, root) => choose(request([root, root + 1e12, root + 2e12]), up).index,
  )
  const again = Array.from({ length: 400 }, (_, root) => choose(request([root, root + 1e12, 5]), up).index)
  expect(again).toEqual(homes)
  for (const index of [0, 1, 2, 3]) {
    const share = homes.filter((home) => home === index).length
    expect(share).toBeGreaterThan(70)
    expect(share).toBeLessThan(130)
  }
  const without = up.filter(({ index }) => index !== 2)
  for (const [root, home] of homes.entries()) {
    const { index } = choose(request([root, root + 1e12]), without)
    if (home !== 2) expect(index).toBe(home)
    else expect(index).not.toBe(2)
  }
})

test('affinity gives way where there is no beginning, or where a replica would be too far ahead', () => {
  const { choose } = router({ kind: 'prefix-affinity', blocks: 1, maxAhead: 2 })
  expect(choose(request(), fleet(5, 4, 3)).index).toBe(2)
  const home = choose(request([7]), fleet(0, 0)).index
  const ahead = (by: number) => fleet(...[0, 1].map((index) => (index === home ? by : 0)))
  expect(choose(request([7]), ahead(2)).index).toBe(home)
  expect(choose(request([7]), ahead(3)).index).toBe(1 - home)
})
