import type { RunSummary } from '../../metrics/run-summary.ts'
import { formatCount, formatQuantity } from '../format/format-count.ts'
import { formatFraction } from '../format/format-fraction.ts'
import type { FeltVerdict, HealthView } from './run-view.ts'

/** Below this many judged requests nothing is said about how a run felt. */
const FEWEST_REQUESTS = 10

/**
 * Whether the run felt smooth, in words with the number.
 *
 * It speaks of the requests of this run, not of all requests the service would ever answer: that claim needs an objective and its
 * sample count.
 */
export function judgeFelt(summary: RunSummary, health: HealthView): FeltVerdict {
  const { minFluidity, requestFraction } = summary.options
  const scalar = summary.scalars.find(({ id }) => id === 'fluid-requests')
  const requests = scalar?.count ?? 0
  const fluidFraction = scalar?.value ?? null
  const facts = { fluidFraction, requests, minFluidity, requestFraction }
  const { measured, ok } = summary.counts

  const isVoid = health.verdict === 'invalid'
  if (measured > 0 && ok === 0) {
    const explanation = `${measured === 1 ? 'The one measured request' : `All ${formatCount(measured)} measured requests`} failed.`
    if (isVoid) return voidOf(facts, explanation)
    return { ...facts, kind: 'no-data', headline: 'Nothing answered', explanation }
  }
  if (fluidFraction === null || requests < FEWEST_REQUESTS) {
    const explanation =
      measured === 0
        ? 'No request was measured.'
        : `${formatQuantity(requests, 'request')} could be judged; at least ${FEWEST_REQUESTS} are needed.`
    if (isVoid) return voidOf(facts, explanation)
    return { ...facts, kind: 'no-data', headline: 'Too little data', explanation }
  }

  const fluid = Math.round(fluidFraction * requests)
  const found = `${formatCount(fluid)} of ${formatQuantity(requests, 'request')} (${formatFraction(fluidFraction)}) were fluid: they met at least ${formatFraction(minFluidity)} of their token deadlines. ${formatFraction(requestFraction)} were wanted.`
  if (isVoid) return voidOf(facts, found)
  return fluidFraction >= requestFraction
    ? { ...facts, kind: 'smooth', headline: 'Felt smooth', explanation: found }
    : { ...facts, kind: 'not-smooth', headline: 'Did not feel smooth', explanation: found }
}

function voidOf(facts: Omit<FeltVerdict, 'kind' | 'headline' | 'explanation'>, found: string): FeltVerdict {
  return {
    ...facts,
    kind: 'void',
    headline: 'Run is void',
    explanation: `The client was the limit of this run, so its numbers say more about the client than about the server. For what it is worth: ${found}`,
  }
}
