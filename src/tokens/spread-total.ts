/**
 * Spreads a known total of tokens over chunks by text length, when nothing tells how many each of them holds.
 *
 * - `total` equal to the number of chunks: one each.
 * - more: one each, and the rest in proportion to text length by largest remainder (ties go to the earlier chunk).
 * - fewer: `total` chunks get one token each, the others none; token k goes to the chunk in which k/total of the text
 *   has arrived, or the next free one with text.
 *
 * Chunks without text count as equally long when no chunk has any. The result sums to `total`; deterministic.
 *
 * @param chars UTF-16 length of the text of each chunk, each >= 0; may be empty only if `total` is 0.
 * @param total Whole number >= 0.
 * @returns Tokens of each chunk.
 */
export function spreadTotal(chars: ArrayLike<number>, total: number): number[] {
  const count = chars.length
  if (total === count) return new Array<number>(count).fill(1)
  let length = 0
  for (let i = 0; i < count; i++) length += chars[i]!
  if (length === 0) return spreadTotal(new Array<number>(count).fill(1), total)
  return total > count ? spreadSurplus(chars, length, total) : spreadFew(chars, length, total)
}

function spreadSurplus(chars: ArrayLike<number>, length: number, total: number): number[] {
  const count = chars.length
  const surplus = total - count
  const tokens = new Array<number>(count)
  const remainders = new Float64Array(count)
  let left = surplus
  for (let i = 0; i < count; i++) {
    const share = surplus * chars[i]!
    const whole = Math.floor(share / length)
    tokens[i] = 1 + whole
    left -= whole
    // One number that orders by remainder and then by place: no comparator, and no two are equal.
    remainders[i] = (share - whole * length) * count + (count - 1 - i)
  }
  if (left === 0) return tokens
  const smallestServed = remainders.slice().sort()[count - left]!
  for (let i = 0; i < count; i++) if (remainders[i]! >= smallestServed) tokens[i]! += 1
  return tokens
}

function spreadFew(chars: ArrayLike<number>, length: number, total: number): number[] {
  const count = chars.length
  const tokens = new Array<number>(count).fill(0)
  let arrived = 0
  let given = 0
  for (let i = 0; i < count && given < total; i++) {
    arrived += chars[i]!
    const isDue = chars[i]! > 0 && arrived * total >= (given + 1) * length
    if (!isDue && count - i > total - given) continue
    tokens[i] = 1
    given++
  }
  return tokens
}
