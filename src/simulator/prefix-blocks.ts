/**
 * Hashes of the whole blocks that a prompt begins with, each of its block and all before it, so that equal hashes mean equal
 * beginnings: 53 bits, by two chains of MurmurHash3's mixing. Empty when the prompt is shorter than a block.
 *
 * The last token of a prompt is never of a block: at least one token must be computed to get the first of the answer.
 */
export function prefixBlocks(ids: ArrayLike<number>, blockTokens: number): number[] {
  const blocks: number[] = []
  let high = 0x9747_b28c
  let low = 0x3c6e_f372
  for (let i = 0; i < ids.length - 1; i++) {
    const id = ids[i]!
    low = mix(low, id, 0xcc9e_2d51)
    high = mix(high, id, 0x1b87_3593)
    if ((i + 1) % blockTokens === 0) blocks.push((high >>> 11) * 2 ** 32 + (low >>> 0))
  }
  return blocks
}

function mix(hash: number, value: number, factor: number): number {
  const bits = Math.imul(value ^ (value >>> 15), factor)
  const turned = hash ^ Math.imul((bits << 15) | (bits >>> 17), 0x85eb_ca6b)
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe654_6b64) | 0
}
