import { quantileSorted } from '../numerics/quantile-sorted.ts'
import { type7Position } from '../numerics/type-7.ts'
import { findTbtDeadline, staysWithin } from './find-tbt-deadline.ts'

/** Requests whose smallest deadline is computed to guess where the wanted quantile lies. */
const SAMPLE_SIZE = 256

/** What the requests of a service are asked for, see {@link fluidTokenRate}. */
export interface FluidDeadlineOptions {
  readonly maxMissFraction: number
  readonly requestFraction: number
  /** Deadline of the first token of each request; `null` leaves first tokens out. */
  readonly ttftDeadlinesNs: ArrayLike<number> | null
  /** Requests that no deadline makes fluid: failures. */
  readonly neverFluid: number
}

/**
 * The quantile `requestFraction` (type 7) over requests of each request's smallest deadline between tokens: at this
 * deadline that share of requests misses at most `maxMissFraction`. Exact; arguments are not checked.
 *
 * Only requests beyond a guessed deadline are searched; the others are known to lie below the quantile after one walk.
 * When the quantile would be interpolated towards a request that no deadline makes fluid, it is the smallest deadline
 * that makes the asked share fluid.
 *
 * @returns `deadlineNs`: `null` without a judged request, `Infinity` when too many can never be fluid;
 *   `requests`: judged requests, those never fluid included
 */
export function fluidTbtDeadline(
  requests: readonly Float64Array[],
  options: FluidDeadlineOptions,
): { deadlineNs: number | null; requests: number } {
  const { maxMissFraction, requestFraction, ttftDeadlinesNs, neverFluid } = options
  const ttftDeadlineNs = (i: number) => (ttftDeadlinesNs === null ? null : ttftDeadlinesNs[i]!)
  const search = (i: number) => findTbtDeadline(requests[i]!, ttftDeadlineNs(i), maxMissFraction)!
  const fewest = ttftDeadlinesNs === null ? 2 : 1
  const judged: number[] = []
  for (let i = 0; i < requests.length; i++) if (requests[i]!.length >= fewest) judged.push(i)
  const count = judged.length + neverFluid
  if (count === 0) return { deadlineNs: null, requests: 0 }

  const { index } = type7Position(count, requestFraction)
  const guessNs = guessBelow(judged, search, Math.min(1, index / judged.length))
  const beyond: number[] = []
  const below: number[] = []
  for (const i of judged) {
    const isBelow = guessNs > 0 && staysWithin(requests[i]!, ttftDeadlineNs(i), guessNs, maxMissFraction)
    if (isBelow) below.push(i)
    else beyond.push(search(i))
  }
  // A guess that was too high hides the wanted rank among those below it.
  const hidden = below.length > index ? below.map(search) : below.map(() => 0)
  const sorted = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  sorted.set(hidden)
  sorted.set(beyond, hidden.length)
  sorted.sort()
  const deadlineNs = quantileSorted(sorted, requestFraction)!
  if (deadlineNs < Number.POSITIVE_INFINITY) return { deadlineNs, requests: count }
  const enough = Math.ceil(requestFraction * count - 1e-9)
  return { deadlineNs: sorted[Math.max(0, enough - 1)]!, requests: count }
}

/** A deadline that is very likely below the quantile `p` of all; 0 when there are too few requests to bother. */
function guessBelow(judged: readonly number[], search: (i: number) => number, p: number): number {
  if (judged.length < 4 * SAMPLE_SIZE) return 0
  const sample = new Float64Array(SAMPLE_SIZE)
  for (let s = 0; s < SAMPLE_SIZE; s++)
    sample[s] = search(judged[Math.floor((s * judged.length) / SAMPLE_SIZE)]!)
  sample.sort()
  const rank = Math.floor(SAMPLE_SIZE * p - 1 - 3 * Math.sqrt(SAMPLE_SIZE * p * (1 - p)))
  const guessNs = sample[Math.max(0, Math.min(rank, SAMPLE_SIZE - 1))]!
  return rank < 0 || guessNs === Number.POSITIVE_INFINITY ? 0 : guessNs
}
