import { quantilesOf } from '../../src/numerics/quantiles-of.ts'

/** Median and range of repeats, `–` of none. */
export function spread(samples: readonly number[], digits = 2): string {
  const [low, median, high] = quantilesOf(Float64Array.from(samples), [0, 0.5, 1]).quantiles
  if (median === null || median === undefined) return '–'
  return `${median.toFixed(digits)} (${low!.toFixed(digits)}–${high!.toFixed(digits)})`
}

/** Median of the repeats' quantile `p`, in ms. */
export function delayMs(delays: readonly (readonly number[])[], p: number): string {
  const each = delays.map(
    (delaysNs) => quantilesOf(Float64Array.from(delaysNs), [p]).quantiles[0] ?? Number.NaN,
  )
  const median = quantilesOf(Float64Array.from(each), [0.5]).quantiles[0]
  return median === null || median === undefined ? '–' : (median / 1e6).toFixed(2)
}
