/** Chance of a wrong claim that is accepted: 99 % confidence. */
export const DOUBT = 0.01

/**
 * Samples needed to claim that a share of all requests, past and future, meets a bound: the fewest n for which the second
 * largest of n samples is, with 99 % confidence, an upper bound of that quantile, whatever the distribution.
 *
 * The second largest lies below the quantile `p` only when at most one of the n samples lies above it. That has the chance
 * `p^n + n p^(n-1) (1 - p)`, which must be at most 1 %. (The largest alone would need fewer, but then a single outlier
 * undoes the claim.) p90: 64, p95: 130, p99: 662.
 *
 * @param fraction within 0..1, both excluded
 * @see David and Nagaraja, Order Statistics, section 7.1: distribution-free confidence intervals for quantiles
 */
export function samplesNeeded(fraction: number): number {
  const isEnough = (n: number) => fraction ** n + n * fraction ** (n - 1) * (1 - fraction) <= DOUBT
  let enough = 2
  while (!isEnough(enough)) enough *= 2
  let tooFew = 1
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (isEnough(middle)) enough = middle
    else tooFew = middle
  }
  return enough
}

/**
 * Requests needed to claim a share of errors: as many as it takes for one error to be within the bound. Errors of a run
 * are counted, not inferred: the claim is about this run. `errors<=0%` needs one request.
 */
export function requestsNeededForErrors(bound: number): number {
  return bound === 0 ? 1 : Math.ceil(1 / bound - 1e-9)
}
