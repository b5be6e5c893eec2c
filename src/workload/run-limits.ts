import { MetronError } from '../errors/metron-error.ts'
import type { PlanSpec } from './plan-spec.ts'

/** When a run ends and from when it is measured, checked. At most one of the two warm-ups is not 0. */
export interface RunLimits {
  /** Measured requests. */
  readonly requests: number | null
  /** Measured time. */
  readonly durationNs: number | null
  readonly warmupRequests: number
  readonly warmupNs: number
}

/**
 * The limits of a spec.
 *
 * @throws MetronError `bad-config` when neither requests nor a duration ends the run, or a number is out of range
 */
export function readRunLimits(spec: Pick<PlanSpec, 'requests' | 'durationNs' | 'warmup'>): RunLimits {
  const { requests = null, durationNs = null, warmup = null } = spec
  if (requests === null && durationNs === null) {
    throw new MetronError('bad-config', 'nothing ends the run', {
      hint: 'give a number of requests, a duration, or both (the first to be reached counts)',
    })
  }
  if (requests !== null) requireInteger('the number of requests', requests, 1)
  if (durationNs !== null) requireInteger('the duration in ns', durationNs, 1)
  const warmupRequests = warmup !== null && 'requests' in warmup ? warmup.requests : 0
  const warmupNs = warmup !== null && 'ns' in warmup ? warmup.ns : 0
  requireInteger('the number of warm-up requests', warmupRequests, 0)
  requireInteger('the warm-up in ns', warmupNs, 0)
  return { requests, durationNs, warmupRequests, warmupNs }
}

function requireInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new MetronError('bad-config', `${name} must be an integer of at least ${least}, not ${value}`)
}
