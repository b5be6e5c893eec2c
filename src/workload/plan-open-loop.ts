import { MetronError } from '../errors/metron-error.ts'
import type { RandomStream } from '../numerics/random-stream.ts'
import type { ArrivalProcess } from './arrivals/arrival-process.ts'
import type { PlanSchedule } from './plan.ts'
import type { RunLimits } from './run-limits.ts'

/** A plan is held in memory; more requests than this are a mistake in a rate or a duration. */
const MOST_REQUESTS = 50_000_000

/**
 * The due times of an open loop, read from its arrival process up to the limits.
 *
 * @throws MetronError `bad-config`: a process that only requests can end has none or is warmed up by time; no measured
 *   request; more than `mostRequests` (50 million); due times that are no integers or decrease
 */
export function planOpenLoop<Options>(
  process: ArrivalProcess<Options>,
  options: Options,
  limits: RunLimits,
  random: RandomStream,
  mostRequests: number = MOST_REQUESTS,
): PlanSchedule {
  const { requests, durationNs, warmupRequests, warmupNs } = limits
  const times = process.dueTimesNs?.(options, random)
  if (times === undefined) {
    throw new MetronError('bad-config', `arrival process ${process.kind} has neither users nor due times`)
  }
  if (process.needsRequests && (requests === null || warmupNs > 0)) {
    throw new MetronError('bad-config', `${process.kind} arrivals take no time and are counted in requests`, {
      hint: 'give the number of requests, and any warm-up as a number of requests',
    })
  }
  let endNs = durationNs === null || warmupRequests > 0 ? null : warmupNs + durationNs
  let dueNs = new Float64Array(1024)
  let size = 0
  let measured = 0
  let previous = 0
  for (const due of times) {
    if (!Number.isSafeInteger(due) || due < previous) {
      throw new MetronError(
        'bad-config',
        `arrival process ${process.kind}: due time ${due} after ${previous}`,
        {
          hint: 'due times are integer nanoseconds from 0 that never decrease',
        },
      )
    }
    if (durationNs !== null && size === warmupRequests) endNs ??= due + durationNs
    if (endNs !== null && due >= endNs) break
    if (size === mostRequests) {
      throw new MetronError('bad-config', `the plan would hold more than ${mostRequests} requests`, {
        hint: 'lower the rate or the duration',
      })
    }
    if (size === dueNs.length) dueNs = grow(dueNs)
    dueNs[size] = due
    previous = due
    size++
    if (size > warmupRequests && due >= warmupNs) measured++
    if (measured === requests) break
  }
  if (measured === 0) {
    throw new MetronError('bad-config', 'no measured request becomes due before the run ends', {
      hint: 'raise the rate or the duration',
    })
  }
  return { users: null, size, dueNs: dueNs.slice(0, size), durationNs: endNs }
}

function grow(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * values.length)
  larger.set(values)
  return larger
}
