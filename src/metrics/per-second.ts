/**
 * `amount` per second over `durationNs`. `null` when the duration is missing, zero or endless: no rate, rather than an
 * infinite or a zero one.
 */
export function perSecond(amount: number, durationNs: number | null): number | null {
  if (durationNs === null || !(durationNs > 0) || durationNs === Number.POSITIVE_INFINITY) return null
  return (amount * 1e9) / durationNs
}
