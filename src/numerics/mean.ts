import { compensatedSum } from './compensated-sum.ts'

/** The arithmetic mean; `null` without values. */
export function mean(values: ArrayLike<number>): number | null {
  return values.length === 0 ? null : compensatedSum(values) / values.length
}
