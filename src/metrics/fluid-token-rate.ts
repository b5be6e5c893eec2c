import { fluidTbtDeadline } from './fluid-tbt-deadline.ts'
import { missBudget } from './miss-budget.ts'
import { perSecond } from './per-second.ts'
import { requireDeadline } from './require-deadline.ts'
import { requireFraction } from './require-fraction.ts'
import { requireInterTokenTimes } from './require-inter-token-times.ts'

export interface FluidTokenRateOptions {
  /** A request is fluid from this fluidity-index on, 0..1. The paper: 0.9. */
  readonly minFluidity: number
  /** Share of requests that must be fluid, 0..1. The paper: 0.99. */
  readonly requestFraction: number
  /** Judge the first token too, by `ttftDeadlineNs`. Default false, as in the paper. */
  readonly includeFirst?: boolean
  /** Deadline of the first token, ns; needed with `includeFirst`. */
  readonly ttftDeadlineNs?: number
}

/**
 * The fluid token generation rate of a service, tokens per second: the fastest pace at which its requests can be read
 * such that `requestFraction` of them have a fluidity-index of at least `minFluidity`. One over the quantile (type 7)
 * over requests of {@link smallestTbtDeadline}; exact, without a grid of deadlines.
 *
 * `null` when there is nothing to judge, and when too many requests have no deadline that makes them fluid.
 *
 * @param requests inter-token times of each request as for {@link fluidityIndex}; `null` for a request that failed,
 *   which no deadline makes fluid. A request without a judged token (none, or one when the first is left out) is left out.
 * @throws MetronError `bad-config` when a time or an option is out of range
 * @see Agrawal et al., arXiv 2407.07000, section 5.1
 */
export function fluidTokenRate(
  requests: readonly (ArrayLike<number> | null)[],
  options: FluidTokenRateOptions,
): number | null {
  const maxMissFraction = missBudget(requireFraction('minFluidity', options.minFluidity))
  const requestFraction = requireFraction('requestFraction', options.requestFraction)
  const ttftDeadlineNs = options.includeFirst
    ? requireDeadline('ttftDeadlineNs', options.ttftDeadlineNs ?? Number.NaN)
    : null
  const answered = requests.filter((times) => times !== null).map(requireInterTokenTimes)
  const { deadlineNs } = fluidTbtDeadline(answered, {
    maxMissFraction,
    requestFraction,
    ttftDeadlinesNs: ttftDeadlineNs === null ? null : answered.map(() => ttftDeadlineNs),
    neverFluid: requests.length - answered.length,
  })
  return perSecond(1, deadlineNs)
}
