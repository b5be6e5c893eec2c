import { randomGamma } from 'd3-random'
import type { RandomStream } from './random-stream.ts'

/**
 * Draws from the gamma distribution with mean `shape * scale` and coefficient of variation `1 / sqrt(shape)`; both
 * must be positive. A shape below 1 is fine; far below it (under 0.001) most draws are too small for a double and are 0.
 *
 * Method: Marsaglia and Tsang (2000), with their power transform for shapes below 1 (d3-random).
 */
export function createGammaSampler(random: RandomStream, shape: number, scale: number): () => number {
  return randomGamma.source(random.uniform)(shape, scale)
}
