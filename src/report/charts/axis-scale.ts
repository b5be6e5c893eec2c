import { scaleLinear, scaleLog } from 'd3-scale'
import type { MetricUnit } from '../../metrics/metric-definition.ts'
import { formatSignificant } from '../format/format-significant.ts'

/** A value axis: places values on the plot and carries its own ticks and unit. */
export interface AxisScale {
  /** Pixels. Values outside the axis are placed at its ends. */
  readonly at: (value: number) => number
  readonly ticks: readonly { readonly px: number; readonly text: string }[]
  /** The axis title with its unit: `TTFT (ms)`. */
  readonly title: string
}

export interface AxisOptions {
  readonly kind: 'linear' | 'log'
  readonly from: number
  readonly to: number
  /** Pixels of `from` and `to`. */
  readonly range: readonly [number, number]
  readonly label: string
  readonly unit: MetricUnit | 'none'
  readonly tickCount?: number
}

/**
 * Makes an axis. A domain of no width is widened, so that one sample can be drawn; a log axis that would start at 0 or below starts
 * six decades under its end.
 */
export function createAxisScale(options: AxisOptions): AxisScale {
  const [from, to] = widen(options)
  const { divisor, name } = axisUnit(options.unit, options.kind === 'log' ? Math.sqrt(from * to) : to)
  const scale =
    options.kind === 'log'
      ? scaleLog([from / divisor, to / divisor], [...options.range]).clamp(true)
      : scaleLinear([from / divisor, to / divisor], [...options.range]).clamp(true)
  const values =
    options.kind === 'log' ? logTicks(from / divisor, to / divisor) : scale.ticks(options.tickCount ?? 5)
  return {
    at: (value) => round(scale(value / divisor)),
    ticks: values.map((value) => ({ px: round(scale(value)), text: tickText(value) })),
    title: name === '' ? options.label : `${options.label} (${name})`,
  }
}

function widen({ kind, from, to }: AxisOptions): [number, number] {
  if (kind === 'log') {
    const end = to > 0 ? to : 1
    const start = from > 0 ? from : end / 1e6
    return start < end ? [start, end] : [end / 10, end * 10]
  }
  return from < to ? [from, to] : [Math.min(from, 0), from > 0 ? from * 2 : from + 1]
}

function axisUnit(unit: MetricUnit | 'none', typical: number): { divisor: number; name: string } {
  if (unit === 'ns') {
    if (typical >= 2e9) return { divisor: 1e9, name: 's' }
    return typical >= 2e5 ? { divisor: 1e6, name: 'ms' } : { divisor: 1e3, name: 'µs' }
  }
  return { divisor: 1, name: unit === 'none' || unit === 'fraction' ? '' : unit }
}

/** Powers of ten; with 2 and 5 between when the axis spans less than two and a half decades. */
function logTicks(from: number, to: number): number[] {
  const decades = Math.log10(to / from)
  const steps = decades < 2.5 ? [1, 2, 5] : [1]
  const ticks: number[] = []
  for (let exponent = Math.floor(Math.log10(from)); exponent <= Math.ceil(Math.log10(to)); exponent++) {
    for (const step of steps) {
      const value = step * 10 ** exponent
      if (value >= from * 0.999 && value <= to * 1.001) ticks.push(value)
    }
  }
  return ticks
}

function tickText(value: number): string {
  const text = formatSignificant(value)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function round(px: number): number {
  return Math.round(px * 100) / 100
}
