import { regularizedBeta } from './regularized-beta.ts'

/**
 * Which of `count` independent samples, sorted ascending, hold the quantile `fraction` of their distribution between them, whatever
 * that distribution: indices from 0. An end is `null` when so few samples cannot bound that side.
 *
 * @param confidenceFraction such as 0.95, both ends together
 * @see David and Nagaraja, Order Statistics, section 7.1
 */
export function quantileInterval(
  count: number,
  fraction: number,
  confidenceFraction = 0.95,
): { readonly low: number | null; readonly high: number | null } {
  const tail = (1 - confidenceFraction) / 2
  /** Chance that at least `k` samples lie below the quantile. */
  const atLeast = (k: number) => (k <= 0 ? 1 : k > count ? 0 : regularizedBeta(fraction, k, count - k + 1))
  // The highest k that is certain enough, and the lowest that is improbable enough; `atLeast` falls with k.
  let certain = 0
  let improbable = count + 1
  for (let above = count + 1; above - certain > 1; ) {
    const middle = Math.floor((certain + above) / 2)
    if (atLeast(middle) >= 1 - tail) certain = middle
    else above = middle
  }
  for (let below = 0; improbable - below > 1; ) {
    const middle = Math.floor((improbable + below) / 2)
    if (atLeast(middle) <= tail) improbable = middle
    else below = middle
  }
  return {
    low: certain === 0 ? null : certain - 1,
    high: improbable > count ? null : improbable - 1,
  }
}
