/**
 * The largest miss rate that leaves a fluidity-index of at least `minFluidity`. Rounded to 12 digits, because
 * `1 - 0.9` is a hair less than 0.1 in floating point, and one miss in ten must leave 0.9.
 */
export function missBudget(minFluidity: number): number {
  return Number((1 - minFluidity).toFixed(12))
}
