import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prefixBlocks } from './prefix-blocks.ts'

const ids = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 100 })

test('prompts share exactly the whole blocks of their common beginning', () => {
  fc.assert(
    fc.property(ids, ids, ids, fc.integer({ min: 1, max: 16 }), (common, a, b, blockTokens) => {
      const first = [...common, 7, ...a]
      const second = [...common, 8, ...b]
      const shared = Math.floor(common.length / blockTokens)
      const [one, two] = [prefixBlocks(first, blockTokens), prefixBlocks(second, blockTokens)]
      expect(one.slice(0, shared)).toEqual(two.slice(0, shared))
      for (const block of one.slice(shared)) expect(two).not.toContain(block)
    }),
  )
})

test('the last token is always left to be computed', () => {
  expect(prefixBlocks([1, 2, 3, 4], 2)).toHaveLength(1)
  expect(prefixBlocks([1, 2, 3, 4, 5], 2)).toHaveLength(2)
  expect(prefixBlocks([], 2)).toEqual([])
})

test('a hundred thousand beginnings have as many hashes', () => {
  const hashes = new Set(Array.from({ length: 100_000 }, (_, i) => prefixBlocks([i, i % 7, 0], 2)[0]))
  expect(hashes.size).toBe(100_000)
})
