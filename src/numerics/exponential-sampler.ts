import { randomExponential } from 'd3-random'
import type { RandomStream } from './random-stream.ts'

/**
 * Draws from the exponential distribution of the given rate (mean `1 / rate`), which must be positive.
 *
 * Method: inversion (d3-random).
 */
export function createExponentialSampler(random: RandomStream, rate: number): () => number {
  return randomExponential.source(random.uniform)(rate)
}
