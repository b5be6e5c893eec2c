/**
 * A seeded stream of random numbers that can be split. Same seed and same labels, same numbers, on every machine.
 */
export interface RandomStream {
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number
  /**
   * An independent child stream named by `label`. Depends only on this stream's seed and the label, not on how many
   * numbers have been drawn; splitting does not advance this stream.
   */
  split(label: string | number): RandomStream
}
