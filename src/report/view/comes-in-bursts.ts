import type { RequestRecord } from '../../records/request-record.ts'

/** Shorter answers are not judged. */
const FEWEST_CHUNKS = 8
/** Share of chunks that must have come in the same read as the chunk before. */
const SHARED_FRACTION = 0.5
/** Reads closer to each other than this are what fast streams look like. */
const SHORTEST_PAUSE_NS = 10e6
/** An answer that came in one read may be short and fast; it was held back when its chunks took longer than this each. */
const SLOW_CHUNK_NS = 5e6

/**
 * Whether something held the chunks of an answer back and let them go together, as a buffering proxy does: more than
 * half of them share a read with the one before, and the reads are further apart than `loopDelayNs` (what the
 * instrument's own thread can have caused) and 10 ms. An answer in one single read counts when it took 5 ms a chunk
 * since it was sent.
 *
 * `null`: fewer than 8 chunks say nothing.
 */
export function comesInBursts({ chunks, moments }: RequestRecord, loopDelayNs: number): boolean | null {
  const { ns } = chunks
  const count = ns.length
  if (count < FEWEST_CHUNKS) return null
  const pauses = countPauses(ns)
  if ((count - 1 - pauses) / count <= SHARED_FRACTION) return false
  if (pauses === 0) return ns[0]! - (moments.sentNs ?? moments.dispatchedNs) >= count * SLOW_CHUNK_NS
  return (ns[count - 1]! - ns[0]!) / pauses > Math.max(SHORTEST_PAUSE_NS, loopDelayNs)
}

/** Chunks that came in another read than the one before: the stamp is the read's. */
function countPauses(ns: ArrayLike<number>): number {
  let pauses = 0
  for (let i = 1; i < ns.length; i++) if (ns[i] !== ns[i - 1]) pauses++
  return pauses
}
