import { MetronError } from '../errors/metron-error.ts'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import { digestPlan } from './digest-plan.ts'
import { createLengthSequence } from './length-sequence.ts'
import { parseOptions } from './parse-options.ts'
import type { Plan } from './plan.ts'
import { planClosedLoop } from './plan-closed-loop.ts'
import { planOpenLoop } from './plan-open-loop.ts'
import type { PlanSpec } from './plan-spec.ts'
import { readRunLimits } from './run-limits.ts'

/**
 * Decides a run before its clock starts: when each request is due, how long its prompt and answer are, and where
 * warm-up ends. The same spec gives the same plan.
 *
 * Due times, prompt lengths and output lengths draw from random streams of their own: changing the one leaves the
 * others as they were.
 *
 * Warm-up comes in addition to `requests` and `durationNs`. In an open loop, measured time starts at the end of a
 * warm-up in ns, or when the first request after the warm-up requests is due. In a closed loop nobody knows in advance
 * when that is, so there warm-up and end must be given in the same unit.
 *
 * @throws MetronError `bad-config`: a seed that is no safe integer, options that their schema rejects, no or impossible
 *   limits, a schedule without a measured request or with more than 50 million, an extension that breaks its contract
 */
export function createPlan(spec: PlanSpec): Plan {
  const { process } = spec.arrivals
  if (!Number.isSafeInteger(spec.seed)) {
    throw new MetronError('bad-config', `the seed must be an integer, not ${spec.seed}`)
  }
  const options = parseOptions('arrivals', process, spec.arrivals.options)
  const limits = readRunLimits(spec)
  const root = createRandomStream(spec.seed)
  const lengths = createLengthSequence(spec.lengths, root)
  const schedule =
    process.users === undefined
      ? planOpenLoop(process, options, limits, root.split('arrivals'))
      : planClosedLoop(process.users(options), limits)
  const gaps = process.gaps?.(options)
  return {
    ...schedule,
    ...(gaps === undefined ? {} : { gaps }),
    warmupRequests: limits.warmupRequests,
    warmupNs: limits.warmupNs,
    lengths,
    prompt(id) {
      const { promptTokens, outputTokens } = lengths(id)
      return spec.promptText(id, promptTokens, outputTokens)
    },
    digest: digestPlan(spec.seed, schedule, lengths),
  }
}
