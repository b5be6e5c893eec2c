/** How the times between neighbouring requests of a random arrival process are distributed, each independent of the others. */
export interface GapDistribution {
  /** Such as `exponential`. */
  readonly name: string
  /** The chance that a gap is at most `gapNs`, which is at least 0; continuous. */
  cdf(gapNs: number): number
}
