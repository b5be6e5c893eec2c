/**
 * Spreads a known total of tokens over chunks by text length, when nothing tells how many each of them holds.
 *
 * - `total` equal to the number of chunks: one each.
 * - more: one each, and the rest in proportion to text length by largest remainder (ties go to the length that
 *   comes first, then to the earlier chunk).
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
  const surplus = total - chars.length
  const shares = sharesByLength(chars, length, surplus)
  let left = surplus
  for (const share of shares.values()) left -= share.whole * share.chunks
  for (const share of [...shares.values()].sort((a, b) => b.remainder - a.remainder)) {
    share.extra = Math.min(left, share.chunks)
    left -= share.extra
  }
  const tokens = new Array<number>(chars.length)
  for (let i = 0; i < chars.length; i++) {
    const share = shares.get(chars[i]!)!
    tokens[i] = 1 + share.whole
    if (share.extra > 0) {
      tokens[i]! += 1
      share.extra -= 1
    }
  }
  return tokens
}

/** What chunks of one length get, in order of first appearance. */
interface Share {
  chunks: number
  readonly whole: number
  readonly remainder: number
  /** How many of the chunks get one token more. */
  extra: number
}

/** Chunks of equal length have equal shares, and there are few lengths: this spares sorting the chunks. */
function sharesByLength(chars: ArrayLike<number>, length: number, surplus: number): Map<number, Share> {
  const shares = new Map<number, Share>()
  for (let i = 0; i < chars.length; i++) {
    const known = shares.get(chars[i]!)
    if (known !== undefined) {
      known.chunks += 1
      continue
    }
    const exact = surplus * chars[i]!
    const whole = Math.floor(exact / length)
    shares.set(chars[i]!, { chunks: 1, whole, remainder: exact - whole * length, extra: 0 })
  }
  return shares
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
