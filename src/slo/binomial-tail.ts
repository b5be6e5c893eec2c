/**
 * The chance of at least `least` successes in `trials` independent trials of probability `p`. Summed from the terms, each
 * from the one before: for thousands of trials, not billions.
 *
 * @param p within 0..1
 */
export function binomialTail(trials: number, least: number, p: number): number {
  if (least <= 0) return 1
  if (least > trials || p === 0) return 0
  if (p === 1) return 1
  let logTerm = least * Math.log(p) + (trials - least) * Math.log1p(-p)
  for (let k = 1; k <= least; k++) logTerm += Math.log((trials - least + k) / k)
  let sum = 0
  for (let k = least; k <= trials; k++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log(((trials - k) / (k + 1)) * (p / (1 - p)))
  }
  return Math.min(1, sum)
}
