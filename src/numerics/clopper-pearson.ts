import { betaQuantile } from './beta-quantile.ts'
import { CONFIDENCE, type Interval } from './interval.ts'

/**
 * The exact confidence interval of a share, from so many successes among independent trials: it holds the true share with
 * at least the asked confidence, however few the trials. `null` without a trial.
 *
 * Two-sided, with half of the doubt on each side. Without a success `low` is 0, without a failure `high` is 1.
 *
 * @param successes within 0..trials
 * @see Clopper and Pearson, The use of confidence or fiducial limits, Biometrika 26 (1934)
 */
export function clopperPearson(
  successes: number,
  trials: number,
  confidence: number = CONFIDENCE,
): (Interval & { readonly low: number; readonly high: number }) | null {
  if (trials === 0) return null
  const doubt = (1 - confidence) / 2
  return {
    low: successes === 0 ? 0 : betaQuantile(doubt, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(1 - doubt, successes + 1, trials - successes),
    confidence,
  }
}
