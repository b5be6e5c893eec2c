import { expect, test } from 'vitest'
import { samplingNote, thinSorted } from './thin-sorted.ts'

test('few samples are all kept, and nothing is said', () => {
  expect(thinSorted(0)).toEqual([])
  expect(thinSorted(600)).toHaveLength(600)
  expect(samplingNote(600)).toBeNull()
})

test('of many samples both tails are whole, ranks rise, and the choice is stated', () => {
  const indices = thinSorted(100_000)
  expect(indices).toHaveLength(600)
  expect(indices.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  expect(indices.slice(-200)).toEqual(Array.from({ length: 200 }, (_, i) => 99_800 + i))
  expect(indices.every((index, i) => i === 0 || index > indices[i - 1]!)).toBe(true)
  expect(samplingNote(100_000)).toContain('highest 200')
})
