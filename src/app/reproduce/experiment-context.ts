/** What an experiment is given. */
export interface ExperimentContext {
  readonly seed: number
  /** Share of the requests that are simulated: 1 for the published numbers, less for a quick look. */
  readonly scale: number
}

/** Requests at this scale, never too few for a 99th percentile to mean something. */
export function scaled(requests: number, { scale }: ExperimentContext): number {
  return Math.max(100, Math.round(requests * scale))
}
