import type { MeasuredRequest } from '../metrics/measured-request.ts'
import { clopperPearson } from '../numerics/clopper-pearson.ts'
import { binomialTail } from './binomial-tail.ts'
import { explainVerdict } from './explain-verdict.ts'
import type { Objective, Verdict } from './objective.ts'
import { DOUBT, requestsNeededForErrors } from './samples-needed.ts'

/** Judges the share of measured requests that failed; see {@link requestsNeededForErrors} for how many it takes. */
export function evaluateErrors(objective: Objective, requests: readonly MeasuredRequest[]): Verdict {
  const count = requests.length
  const failed = requests.filter(({ ok }) => !ok).length
  const needed = requestsNeededForErrors(objective.bound)
  const observed = count === 0 ? null : failed / count
  const isEnough = count >= needed
  const isBroken = isEnough
    ? observed! > objective.bound
    : count > 0 && binomialTail(count, failed, objective.bound) <= DOUBT
  const verdict = {
    objective,
    status: isBroken ? 'fail' : isEnough ? 'pass' : 'no-data',
    observed,
    attained: count === 0 ? null : (count - failed) / count,
    attainedInterval: clopperPearson(count - failed, count),
    observedInterval: clopperPearson(failed, count),
    count,
    needed,
  } as const
  return { ...verdict, explanation: explainVerdict(verdict) }
}
