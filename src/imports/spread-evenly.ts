/**
 * Tokens of each chunk when only their number is known, and not even how much text each chunk held: as evenly as whole
 * tokens allow. With fewer tokens than chunks the first and the last chunk hold one each, so that the first and the last
 * token keep the moments that the tool saw.
 *
 * @param total 1 or more when there are chunks
 */
export function spreadEvenly(chunks: number, total: number): number[] {
  const tokens = new Array<number>(chunks).fill(0)
  if (chunks === 0) return tokens
  if (total >= chunks) {
    for (let c = 0; c < chunks; c++)
      tokens[c] = Math.floor(((c + 1) * total) / chunks) - Math.floor((c * total) / chunks)
    return tokens
  }
  if (total === 1) tokens[0] = 1
  // Rounding up leaves out the chunk after the first: where a role comes in a chunk of its own, it is that one.
  else for (let k = 0; k < total; k++) tokens[Math.ceil((k * (chunks - 1)) / (total - 1))] = 1
  return tokens
}
