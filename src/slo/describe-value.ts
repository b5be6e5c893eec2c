import type { MetricUnit } from '../metrics/metric-definition.ts'

/** A value with its unit for the sentence of a verdict: `251 ms`, `0.93`, `21.4 tokens/s`. */
export function describeValue(value: number, unit: MetricUnit): string {
  if (unit === 'ns') {
    if (value >= 1e9) return `${significant(value / 1e9)} s`
    return value >= 1e6 ? `${significant(value / 1e6)} ms` : `${significant(value / 1e3)} us`
  }
  return unit === 'fraction' ? significant(value) : `${significant(value)} ${unit}`
}

/** `0.9333` as `93.33 %`. */
export function describePercent(fraction: number): string {
  return `${significant(fraction * 100)} %`
}

function significant(value: number): string {
  return String(Number(value.toPrecision(4)))
}
