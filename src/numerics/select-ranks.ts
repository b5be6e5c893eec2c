/**
 * Rearranges `values` in place so that each asked rank holds what it would hold after sorting, with nothing greater
 * before it and nothing smaller behind it. Linear time for few ranks; far cheaper than a sort.
 *
 * Ranks are split at the middle one, each found by quickselect (Hoare's FIND, 1961) in the part that the ranks before
 * have left. As in Floyd and Rivest's SELECT (1975) the pivot comes from a sample and lies a little beyond the wanted
 * rank, towards the longer side, so that two passes leave a few percent; the sample is spread over the whole part, so
 * that values which rise or fall over time cost no more than shuffled ones.
 *
 * @param values free of NaN
 * @param ranks distinct indices of `values`, ascending; integers by type, as indices held in doubles halve the speed
 */
export function selectRanks(values: Float64Array, ranks: Int32Array): void {
  selectBetween(values, ranks, 0, ranks.length, 0, values.length - 1)
}

function selectBetween(
  values: Float64Array,
  ranks: Int32Array,
  from: number,
  to: number,
  left: number,
  right: number,
): void {
  if (from >= to) return
  const middle = (from + to) >> 1
  const rank = ranks[middle]!
  selectRank(values, rank, left, right)
  selectBetween(values, ranks, from, middle, left, rank - 1)
  selectBetween(values, ranks, middle + 1, to, rank + 1, right)
}

function selectRank(values: Float64Array, rank: number, from: number, to: number): void {
  let left = from
  let right = to
  while (left < right) {
    const pivot = choosePivot(values, rank, left, right)
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) {
        const moved = values[i]!
        values[i] = values[j]!
        values[j] = moved
        i++
        j--
      }
    }
    // Now values[..j] <= pivot <= values[i..], and what lies between j and i equals the pivot.
    if (rank > j) left = Math.min(i, rank)
    if (rank < i) right = Math.max(j, rank)
  }
}

const SAMPLE_SIZE = 512
const sample = new Float64Array(SAMPLE_SIZE)

/** A value of the part: the one at `rank` when the part is short, otherwise a sampled one just beyond that rank. */
function choosePivot(values: Float64Array, rank: number, left: number, right: number): number {
  const width = right - left + 1
  if (width <= 4 * SAMPLE_SIZE) return values[rank]!
  const stride = width / SAMPLE_SIZE
  let jitter = width
  for (let s = 0; s < SAMPLE_SIZE; s++) {
    // A congruential generator is enough to keep the sample from falling into step with a period of the data.
    jitter = (Math.imul(jitter, 1664525) + 1013904223) >>> 0
    sample[s] = values[left + Math.floor(stride * (s + jitter / 2 ** 32))]!
  }
  sample.sort()
  const share = (rank - left) / width
  const place = Math.floor(share * SAMPLE_SIZE)
  const margin = 1 + Math.ceil(2 * Math.sqrt(SAMPLE_SIZE * share * (1 - share)))
  return sample[Math.min(Math.max(share < 0.5 ? place + margin : place - margin, 0), SAMPLE_SIZE - 1)]!
}
