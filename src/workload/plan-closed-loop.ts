import { MetronError } from '../errors/metron-error.ts'
import type { PlanSchedule } from './plan.ts'
import type { RunLimits } from './run-limits.ts'

/**
 * A closed loop has no due times, only users and limits.
 *
 * @throws MetronError `bad-config` when warm-up and end are given in different units: when the warm-up requests will
 *   be over, or how many requests a warm-up will hold, depends on the server
 */
export function planClosedLoop(users: number, limits: RunLimits): PlanSchedule {
  const { requests, durationNs, warmupRequests, warmupNs } = limits
  if (!Number.isSafeInteger(users) || users < 1) {
    throw new MetronError('bad-config', `a closed loop needs at least one user, not ${users}`)
  }
  if (warmupRequests > 0 && durationNs !== null) {
    throw new MetronError('bad-config', 'a closed loop that ends by time cannot warm up by requests', {
      hint: 'give the warm-up as a time, or end the run by a number of requests only',
    })
  }
  if (warmupNs > 0 && requests !== null) {
    throw new MetronError('bad-config', 'a closed loop that ends by requests cannot warm up by time', {
      hint: 'give the warm-up as a number of requests, or end the run by a duration only',
    })
  }
  return {
    users,
    size: requests === null ? null : warmupRequests + requests,
    dueNs: null,
    durationNs: durationNs === null ? null : warmupNs + durationNs,
  }
}
