import * as z from 'zod'
import { createRandomStream } from '../../numerics/create-random-stream.ts'

/** A replica is down from one moment until just before the other, both since the engine's start. */
export const outageOptions = z
  .strictObject({
    replica: z.int().min(0).describe('Which replica, from 0'),
    fromNs: z.number().nonnegative().describe('When it fails, since the start of the engine'),
    toNs: z.number().positive().describe('When it is back, with an empty cache'),
  })
  .refine(({ fromNs, toNs }) => fromNs < toNs, 'an outage must end after it begins')

/** Outages at random: every replica is up and down for exponential times of these means. */
export const failureOptions = z.strictObject({
  meanUpNs: z.number().positive().describe('Mean time from a recovery to the next failure'),
  meanDownNs: z.number().positive().describe('Mean time from a failure to the recovery'),
  seed: z.int().min(0).default(0).describe('Seed of the moments'),
})

export type OutageOptions = z.output<typeof outageOptions>
export type FailureOptions = z.output<typeof failureOptions>

export interface Outage {
  readonly fromNs: number
  readonly toNs: number
}

/** The outages of one replica in order of time, without overlaps; those at random never end. Deterministic. */
export function* outagesOf(
  replica: number,
  planned: readonly OutageOptions[],
  failures: FailureOptions | null,
): Generator<Outage, undefined> {
  const own = planned.filter((outage) => outage.replica === replica).sort((a, b) => a.fromNs - b.fromNs)
  const random = failures === null ? null : atRandom(replica, failures)
  const drawn = () => random?.next().value ?? null
  let nextDrawn = drawn()
  const take = (): Outage | null => {
    const first = own[0]
    if (first !== undefined && (nextDrawn === null || first.fromNs <= nextDrawn.fromNs)) return own.shift()!
    const taken = nextDrawn
    nextDrawn = drawn()
    return taken
  }
  let current = take()
  while (current !== null) {
    const next = take()
    if (next !== null && next.fromNs <= current.toNs)
      current = { fromNs: current.fromNs, toNs: Math.max(current.toNs, next.toNs) }
    else {
      yield { fromNs: current.fromNs, toNs: current.toNs }
      current = next
    }
  }
}

function* atRandom(
  replica: number,
  { meanUpNs, meanDownNs, seed }: FailureOptions,
): Generator<Outage, never> {
  const random = createRandomStream(seed).split(`outages of replica ${replica}`)
  const exponential = (meanNs: number) => Math.max(1, Math.round(-Math.log1p(-random.uniform()) * meanNs))
  for (let atNs = 0; ; ) {
    const fromNs = atNs + exponential(meanUpNs)
    atNs = fromNs + exponential(meanDownNs)
    yield { fromNs, toNs: atNs }
  }
}
