import { randomLogNormal } from 'd3-random'
import type { RandomStream } from './random-stream.ts'

/**
 * Draws `exp(x)` with `x` normal of mean `mu` and standard deviation `sigma` (not negative): the median is `exp(mu)`
 * and the mean `exp(mu + sigma ** 2 / 2)`.
 *
 * Method: Marsaglia's polar method (d3-random).
 */
export function createLognormalSampler(random: RandomStream, mu: number, sigma: number): () => number {
  return randomLogNormal.source(random.uniform)(mu, sigma)
}
