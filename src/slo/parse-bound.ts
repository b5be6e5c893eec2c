import { parseDurationNs } from '../config/parse-duration.ts'
import type { MetricUnit } from '../metrics/metric-definition.ts'

const UNITS = '(?<unit>[a-zµ%/]*)'
const QUANTITY = new RegExp(`^(?<number>\\d+(?:\\.\\d+)?|\\.\\d+)${UNITS}$`)

/** What a bound of each unit looks like, for messages. */
export const BOUND_EXAMPLES: Readonly<Record<MetricUnit, string>> = {
  ns: 'a duration with its unit (ns, us, ms, s or m), such as 300ms',
  fraction: 'a number from 0 to 1 or a percentage, such as 0.9 or 90%',
  'tokens/s': 'a number of tokens per second, such as 20',
  'requests/s': 'a number of requests per second, such as 4',
  tokens: 'a number of tokens, such as 500',
  requests: 'a number of requests, such as 100',
}

/** A bound in the unit of its metric (durations in whole ns); `undefined` when the text is not one. */
export function parseBound(text: string, unit: MetricUnit): number | undefined {
  if (unit === 'ns') return parseDurationNs(text)
  const groups = QUANTITY.exec(text)?.groups
  if (groups === undefined) return undefined
  const number = Number(groups.number)
  const suffix = groups.unit!
  if (unit === 'fraction') {
    const fraction = suffix === '%' ? percent(number) : number
    return (suffix === '' || suffix === '%') && fraction <= 1 ? fraction : undefined
  }
  const written =
    unit === 'tokens/s' ? ['', '/s', 'tok/s', 'tokens/s'] : unit === 'requests/s' ? ['', '/s'] : ['']
  return written.includes(suffix) ? number : undefined
}

/** `99.9` as 0.999, not as 0.9990000000000001. */
export function percent(number: number): number {
  return Number((number / 100).toPrecision(12))
}
