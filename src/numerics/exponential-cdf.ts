/**
 * The chance that an exponential variable of mean `1 / rate` is at most `value`; 0 for a negative value.
 *
 * @param rate above 0
 */
export function exponentialCdf(value: number, rate: number): number {
  return value <= 0 ? 0 : -Math.expm1(-rate * value)
}
