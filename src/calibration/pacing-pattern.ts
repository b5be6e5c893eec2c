/** How the reference server spreads the chunks of one stream over time: a plain object, one of `PACING_PATTERNS`. */
export interface PacingPattern {
  readonly kind: string
  readonly summary: string
  /** Tokens that each chunk holds. */
  readonly tokensPerEvent: number
  /** Chunks that go out together in one write. */
  readonly eventsPerWrite: number
  /** All streams of a rate are due at the same moments, as after each step of a batching engine; else evenly out of phase. */
  readonly inStep: boolean
  /**
   * When write `index` (from 0) is due, counted in periods of the stream's chunk rate since its start; never
   * decreasing. `null`: as fast as the socket takes them.
   */
  readonly offsetPeriods: ((index: number) => number) | null
}

const BURST = 8
const PACKED = 4

/** All patterns by which a calibration can be paced; the only list. */
export const PACING_PATTERNS: readonly PacingPattern[] = [
  {
    kind: 'steady',
    summary: 'one token a chunk, one chunk a write, evenly spaced; streams out of phase',
    tokensPerEvent: 1,
    eventsPerWrite: 1,
    inStep: false,
    offsetPeriods: (index) => index,
  },
  {
    kind: 'in-step',
    summary: 'as steady, all streams at the same moments, as after each step of a batching engine',
    tokensPerEvent: 1,
    eventsPerWrite: 1,
    inStep: true,
    offsetPeriods: (index) => index,
  },
  {
    kind: 'bursty',
    summary: `${BURST} chunks in ${BURST} writes at once, then a pause of as many periods`,
    tokensPerEvent: 1,
    eventsPerWrite: 1,
    inStep: false,
    offsetPeriods: (index) => Math.floor(index / BURST) * BURST,
  },
  {
    kind: 'tokens-per-event',
    summary: 'as steady, four tokens in each chunk',
    tokensPerEvent: 4,
    eventsPerWrite: 1,
    inStep: false,
    offsetPeriods: (index) => index,
  },
  {
    kind: 'events-per-packet',
    summary: `${PACKED} chunks in each write, evenly spaced`,
    tokensPerEvent: 1,
    eventsPerWrite: PACKED,
    inStep: false,
    offsetPeriods: (index) => index * PACKED,
  },
  {
    kind: 'flat-out',
    summary:
      'as fast as the connection takes them: the most that the machine moves, not a rate to measure at',
    tokensPerEvent: 1,
    eventsPerWrite: 1,
    inStep: false,
    offsetPeriods: null,
  },
]
