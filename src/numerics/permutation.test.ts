import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import { createPermutation } from './permutation.ts'

test('every index of the range is hit exactly once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), fc.nat(), (size, seed) => {
      const placeOf = createPermutation(size, createRandomStream(seed))
      const images = new Set(Array.from({ length: size }, (_, index) => placeOf(index)))
      expect(images.size).toBe(size)
      expect([...images].every((image) => Number.isInteger(image) && image >= 0 && image < size)).toBe(true)
    }),
  )
})

test('neighbours are spread: the images of the first 1,000 of a million fill every tenth of the range', () => {
  const placeOf = createPermutation(1_000_000, createRandomStream(1))
  const tenths = new Array(10).fill(0)
  for (let index = 0; index < 1000; index++) tenths[Math.floor(placeOf(index) / 100_000)]++
  for (const count of tenths) {
    expect(count).toBeGreaterThan(60)
    expect(count).toBeLessThan(140)
  }
})

test('ranges up to 2 ** 52 stay exact integers within the range', () => {
  const placeOf = createPermutation(2 ** 52, createRandomStream(1))
  for (const index of [0, 1, 2 ** 31, 2 ** 32, 2 ** 52 - 1]) {
    expect(Number.isSafeInteger(placeOf(index))).toBe(true)
    expect(placeOf(index)).toBeLessThan(2 ** 52)
  }
})
