import { closest, distance } from 'fastest-levenshtein'
import { MetronError } from '../errors/metron-error.ts'
import type { MetricDefinition } from '../metrics/metric-definition.ts'
import type { Objective } from './objective.ts'
import { OBJECTIVE_NAMES, objectiveMetric } from './objective-metrics.ts'
import { BOUND_EXAMPLES, parseBound, percent } from './parse-bound.ts'

const EXAMPLES = 'ttft<=300ms@p90, tbt<=30ms@p99, fluidity>=0.9@99%, errors<=1%'
const PARTS = /^(?<name>[^<>=@]*)(?<comparison>[<>=]+)(?<bound>[^<>=@]*)(?:@(?<share>.*))?$/

/**
 * Reads one objective: metric, `<=` or `>=`, bound, and after `@` the percentile (`p99`) or share (`99%`) of samples.
 *
 * - `ttft<=300ms@p90`: the p90 is at most 300 ms. Durations carry a unit: ns, us, ms, s, m.
 * - `fluidity>=0.9@99%`: 99 % of requests have at least 0.9. A bound from below takes a share, because the p99 of
 *   something that should be large is its best side.
 * - `errors<=1%`: at most that share of measured requests failed.
 *
 * Case and spaces do not matter. Any request or token metric of the catalog may be named by its id.
 *
 * @throws MetronError `bad-config` with the text, what is wrong with it, and the nearest name for an unknown metric
 */
export function parseObjective(text: string): Objective {
  const parts = PARTS.exec(text.replaceAll(/\s+/g, '').toLowerCase())?.groups
  if (parts === undefined || parts.name === '')
    throw bad(text, 'it is not of the form metric<=bound@percentile')
  const name = parts.name!
  const bound = parts.bound!
  const metric = objectiveMetric(name)
  if (metric === undefined && name !== 'errors') throw unknownMetric(text, name)

  const wanted = metric?.better === 'higher' ? '>=' : '<='
  if (parts.comparison !== wanted) {
    throw bad(
      text,
      `${name} should be ${metric?.better ?? 'lower'}: compare with ${wanted}, not ${parts.comparison}`,
    )
  }
  const unit = metric?.unit ?? 'fraction'
  const value = parseBound(bound, unit)
  if (value === undefined) throw bad(text, `the bound of ${name} is ${BOUND_EXAMPLES[unit]}, not "${bound}"`)
  if (metric === undefined) {
    if (parts.share !== undefined) throw bad(text, 'errors are a share of requests already and take no @')
    return { text, metric: 'errors', comparison: '<=', bound: value, fraction: null, form: 'share' }
  }
  return {
    text,
    metric: metric.id,
    comparison: wanted,
    bound: value,
    ...parseShare(text, parts.share, metric),
  }
}

function parseShare(
  text: string,
  share: string | undefined,
  metric: MetricDefinition,
): { fraction: number; form: Objective['form'] } {
  const samples = metric.scope === 'token' ? 'gaps' : 'requests'
  if (share === undefined) {
    const example = metric.better === 'higher' ? '@99%' : '@p99'
    throw bad(
      text,
      `it does not say for how many ${samples}: add a percentile or a share, such as ${example}`,
    )
  }
  const match = /^(?:p(?<percentile>\d+(?:\.\d+)?)|(?<share>\d+(?:\.\d+)?)%)$/.exec(share)?.groups
  if (match === undefined)
    throw bad(text, `"@${share}" is neither a percentile such as @p99 nor a share such as @99%`)
  const fraction = percent(Number(match.percentile ?? match.share))
  if (!(fraction > 0 && fraction < 1)) {
    throw bad(
      text,
      `"@${share}" is outside 0 to 100: no number of ${samples} can show it; ask for 99.9 at most, say`,
    )
  }
  if (match.share !== undefined) return { fraction, form: 'share' }
  if (metric.better === 'higher') {
    throw bad(
      text,
      `the p${match.percentile} of ${metric.id} is its best side; for ${match.percentile} % of ${samples} write @${match.percentile}%`,
    )
  }
  return { fraction, form: 'percentile' }
}

function unknownMetric(text: string, name: string): MetronError {
  const nearest = closest(name, OBJECTIVE_NAMES)
  const isNear = distance(name, nearest) <= Math.max(2, nearest.length / 2)
  return new MetronError('bad-config', `objective "${text}": there is no metric "${name}" to bound`, {
    hint: isNear ? `did you mean ${nearest}?` : `it may be one of ${OBJECTIVE_NAMES.join(', ')}`,
  })
}

function bad(text: string, what: string): MetronError {
  return new MetronError('bad-config', `objective "${text}": ${what}`, { hint: `examples: ${EXAMPLES}` })
}
