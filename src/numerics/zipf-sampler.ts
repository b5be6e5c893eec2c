import { createPermutation } from './permutation.ts'
import type { RandomStream } from './random-stream.ts'

/** A Zipf distribution over the integers `min..max`, both included. */
export interface ZipfOptions {
  readonly min: number
  readonly max: number
  /** Exponent, not negative: the r-th most likely value is `r ** -theta` times as likely as the first. 0 is uniform. */
  readonly theta: number
  /**
   * `false`: the smallest value is the most likely, and likelihood falls with the value.
   * `true`: ranks are dealt to the values by a random permutation (it follows from the stream's seed), so that popular
   * values are spread over the range.
   */
  readonly scramble: boolean
}

/**
 * Draws integers from a bounded Zipf distribution, in constant time and memory for any range.
 *
 * Method: rejection-inversion, Hörmann and Derflinger (1996), ACM TOMACS 6(3): invert the integral of the density over
 * `k - 1/2 .. k + 1/2` and reject the little that exceeds the step at `k`.
 *
 * @throws RangeError when `min` or `max` is no integer, `min > max`, or `theta` is negative or not finite
 */
export function createZipfSampler(random: RandomStream, options: ZipfOptions): () => number {
  const { min, max, theta, scramble } = options
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
    throw new RangeError(`a Zipf distribution needs integers min <= max, not ${min} and ${max}`)
  }
  if (!(theta >= 0 && theta < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the exponent of a Zipf distribution is at least 0, not ${theta}`)
  }
  const size = max - min + 1
  const drawRank = createRankSampler(random, size, theta)
  if (!scramble) return () => min - 1 + drawRank()
  const placeOf = createPermutation(size, random.split('zipf-scramble'))
  return () => min + placeOf(drawRank() - 1)
}

/** Ranks 1..size with probability proportional to `rank ** -theta`. */
function createRankSampler(random: RandomStream, size: number, theta: number): () => number {
  const density = (x: number): number => x ** -theta
  // Integral of the density from 1 to x; expm1 and log1p keep it exact where theta is near 1.
  const integral = (x: number): number => {
    const y = (1 - theta) * Math.log(x)
    return Math.log(x) * (Math.abs(y) < 1e-12 ? 1 : Math.expm1(y) / y)
  }
  const inverse = (area: number): number => {
    const y = Math.max((1 - theta) * area, -1)
    return Math.exp(area * (Math.abs(y) < 1e-12 ? 1 : Math.log1p(y) / y))
  }
  const areaOfFirst = integral(1.5) - 1
  const areaOfAll = integral(size + 0.5)
  const surelyUnder = 2 - inverse(integral(2.5) - density(2))
  return () => {
    for (;;) {
      const area = areaOfAll + random.uniform() * (areaOfFirst - areaOfAll)
      const x = inverse(area)
      const rank = Math.min(Math.max(Math.round(x), 1), size)
      if (rank - x <= surelyUnder || area >= integral(rank + 0.5) - density(rank)) return rank
    }
  }
}
