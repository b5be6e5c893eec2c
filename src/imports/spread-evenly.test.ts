import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadEvenly } from './spread-evenly.ts'

test('as many tokens as chunks are one each; fewer keep the first and the last chunk; more are even', () => {
  expect(spreadEvenly(3, 3)).toEqual([1, 1, 1])
  expect(spreadEvenly(4, 3)).toEqual([1, 0, 1, 1])
  expect(spreadEvenly(5, 2)).toEqual([1, 0, 0, 0, 1])
  expect(spreadEvenly(3, 1)).toEqual([1, 0, 0])
  expect(spreadEvenly(2, 5)).toEqual([2, 3])
  expect(spreadEvenly(0, 5)).toEqual([])
})

test('nothing is lost or made up, and no two chunks differ by more than one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2000 }), (chunks, total) => {
      const tokens = spreadEvenly(chunks, total)
      expect(tokens.reduce((sum, each) => sum + each, 0)).toBe(total)
      expect(Math.max(...tokens) - Math.min(...tokens)).toBeLessThanOrEqual(1)
      expect(tokens[0]).toBeGreaterThan(0)
      if (total > 1) expect(tokens.at(-1)).toBeGreaterThan(0)
    }),
  )
})
