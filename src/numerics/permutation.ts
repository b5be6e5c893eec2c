import type { RandomStream } from './random-stream.ts'

/**
 * A random one-to-one mapping of `0..size-1` onto itself that follows from the stream's seed, in constant memory.
 * `size` is an integer from 1 to 2 ** 52.
 *
 * Method: a Feistel network of four rounds over the smallest even number of bits that covers the range, repeated until
 * the result falls into the range ("cycle walking", Black and Rogaway 2002). Good at spreading, not a cipher.
 */
export function createPermutation(size: number, random: RandomStream): (index: number) => number {
  let halfBits = 1
  while (4 ** halfBits < size) halfBits++
  const half = 2 ** halfBits
  const keys = [0, 1, 2, 3].map(() => Math.floor(random.uniform() * 2 ** 32))
  const encrypt = (index: number): number => {
    let high = Math.floor(index / half)
    let low = index % half
    for (const key of keys) {
      const next = (high ^ scatter(low, key)) & (half - 1)
      high = low
      low = next
    }
    return high * half + low
  }
  return (index) => {
    let image = encrypt(index)
    while (image >= size) image = encrypt(image)
    return image
  }
}

function scatter(word: number, key: number): number {
  let h = Math.imul(word ^ key, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77)
  return h ^ (h >>> 13)
}
