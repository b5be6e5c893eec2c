import { kolmogorovTail } from './kolmogorov-tail.ts'

/** Outcome of a one-sample Kolmogorov-Smirnov test. */
export interface KolmogorovSmirnovResult {
  /** Largest distance between the empirical distribution function and the wanted one, 0..1. */
  readonly statistic: number
  /** Chance of a distance at least as large when the values do come from the wanted distribution. */
  readonly pValue: number
  /** Values tested. */
  readonly count: number
}

/**
 * Tests whether values come from a distribution: the two-sided one-sample test of Kolmogorov and Smirnov.
 *
 * The p value is right for a continuous `cdf` that was not fitted to the values; see {@link kolmogorovTail} for its
 * accuracy. With `from`, distances are taken only at `from` and above: how values below it are spread, which may be
 * beneath the resolution of a measurement, does not matter, but how many they are does. The distance can only be smaller
 * then, so that the p value errs on the high side.
 *
 * `undefined` without values or when one is not a number.
 *
 * @param values in any order; left as they are
 * @param cdf the wanted distribution function: never decreasing, from 0 to 1
 */
export function kolmogorovSmirnov(
  values: ArrayLike<number>,
  cdf: (value: number) => number,
  from = Number.NEGATIVE_INFINITY,
): KolmogorovSmirnovResult | undefined {
  const sorted = Float64Array.from(values).sort()
  const count = sorted.length
  // NaN sorts last.
  if (count === 0 || Number.isNaN(sorted[count - 1])) return undefined
  let below = 0
  while (below < count && sorted[below]! <= from) below++
  let statistic = from === Number.NEGATIVE_INFINITY ? 0 : Math.abs(below / count - cdf(from))
  for (let i = below; i < count; i++) {
    const wanted = cdf(sorted[i]!)
    statistic = Math.max(statistic, (i + 1) / count - wanted, wanted - i / count)
  }
  return { statistic, pValue: kolmogorovTail(count, statistic), count }
}
