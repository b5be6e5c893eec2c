import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadTotal } from './spread-total.ts'

test('as many tokens as chunks: one each, whatever the text', () => {
  expect(spreadTotal([50, 1, 0], 3)).toEqual([1, 1, 1])
})

test('more tokens than chunks: one each and the rest by largest remainder, worked by hand', () => {
  // Rest 7 over 10 characters: 3.5, 2.1, 1.4 -> 3, 2, 1 and the one left goes to the first.
  expect(spreadTotal([5, 3, 2], 10)).toEqual([1 + 4, 1 + 2, 1 + 1])
})

test('equal remainders are served from the front', () => {
  expect(spreadTotal([4, 4, 4, 4], 6)).toEqual([2, 2, 1, 1])
})

test('fewer tokens than chunks: a token where its share of the text has arrived', () => {
  expect(spreadTotal([1, 1, 1, 1], 2)).toEqual([0, 1, 0, 1])
  expect(spreadTotal([10, 1, 1, 1, 1], 2)).toEqual([1, 0, 0, 0, 1])
})

test('chunks without text get no token while there are others', () => {
  expect(spreadTotal([0, 4, 0, 4], 2)).toEqual([0, 1, 0, 1])
  expect(spreadTotal([0, 4, 0, 4], 12)).toEqual([1, 5, 1, 5])
  expect(spreadTotal([0, 0, 0, 0], 2)).toEqual([0, 1, 0, 1])
  expect(spreadTotal([0, 0], 5)).toEqual([3, 2])
})

test('one chunk takes everything, and nothing is spread over nothing', () => {
  expect(spreadTotal([7], 41)).toEqual([41])
  expect(spreadTotal([], 0)).toEqual([])
})

test('the sum is always the total, nobody goes below zero, and a surplus leaves nobody empty', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1 }), fc.nat(400), (chars, total) => {
      const tokens = spreadTotal(chars, total)
      expect(tokens.length).toBe(chars.length)
      expect(tokens.reduce((sum, count) => sum + count, 0)).toBe(total)
      const least = total >= chars.length ? 1 : 0
      const most = total > chars.length ? total : 1
      for (const count of tokens) {
        expect(count).toBeGreaterThanOrEqual(least)
        expect(count).toBeLessThanOrEqual(most)
      }
    }),
  )
})

test('a surplus is within one token of its exact share', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      fc.nat(400),
      (chars, surplus) => {
        const length = chars.reduce((sum, count) => sum + count, 0)
        const tokens = spreadTotal(chars, chars.length + surplus)
        tokens.forEach((count, i) => {
          expect(Math.abs(count - 1 - (surplus * chars[i]!) / length)).toBeLessThan(1)
        })
      },
    ),
  )
})
