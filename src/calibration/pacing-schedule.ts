import { PACING_PATTERNS, type PacingPattern } from './pacing-pattern.ts'

/** What a request asks of the reference server: the field `pacing` of its body. */
export interface PacingSchedule {
  /** Kind of the pattern. */
  readonly pattern: string
  /** Chunks per second of the stream; ignored by a pattern without a schedule. */
  readonly perSec: number
  /** Chunks of the stream; rounded up to whole writes of the pattern. */
  readonly events: number
}

/** A schedule that was found to be sound. */
export interface ReadSchedule {
  readonly pattern: PacingPattern
  readonly periodNs: number
  readonly writes: number
}

/** What a request without a schedule gets: a pre-flight needs an answer, not a pace. */
const DEFAULT_SCHEDULE: PacingSchedule = { pattern: 'steady', perSec: 1000, events: 1 }
const MAX_EVENTS = 1e8
const MAX_PER_SEC = 1e6

/** Reads the `pacing` field of a request's JSON body; `null` when the body or the field is unsound. */
export function readSchedule(body: string): ReadSchedule | null {
  let pacing: unknown
  try {
    pacing = (JSON.parse(body) as { pacing?: unknown } | null)?.pacing ?? DEFAULT_SCHEDULE
  } catch {
    return null
  }
  const { pattern: kind, perSec, events } = pacing as Record<string, unknown>
  const pattern = PACING_PATTERNS.find((each) => each.kind === kind)
  if (pattern === undefined || !isWithin(perSec, MAX_PER_SEC) || !isWithin(events, MAX_EVENTS)) return null
  return { pattern, periodNs: 1e9 / perSec, writes: Math.ceil(events / pattern.eventsPerWrite) }
}

/** Chunks that a stream of this schedule holds. */
export function eventsOf({ pattern: kind, events }: PacingSchedule): number {
  const per = PACING_PATTERNS.find((each) => each.kind === kind)?.eventsPerWrite ?? 1
  return Math.ceil(events / per) * per
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && value > 0 && value <= most
}
