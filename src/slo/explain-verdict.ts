import { findMetric } from '../metrics/catalog.ts'
import { describePercent, describeValue } from './describe-value.ts'
import type { Objective, Verdict } from './objective.ts'

/** One sentence for people: what was observed, of how many samples, and why that is the verdict. */
export function explainVerdict(verdict: Omit<Verdict, 'explanation'>): string {
  const { objective, count, needed, status } = verdict
  const samples = objective.metric === 'tbt' ? 'gaps' : 'requests'
  if (count === 0) return `No ${samples} to judge; ${needed} are needed.`
  const seen = objective.fraction === null ? errorsSeen(verdict) : samplesSeen(verdict, objective.fraction)
  if (count >= needed) return `${seen}.`
  if (status === 'fail')
    return `${seen}; ${needed} ${samples} are needed to pass, but so many misses are no accident.`
  return `${seen}; too few to tell, ${needed} are needed.`
}

function errorsSeen({ observed, objective, count }: Omit<Verdict, 'explanation'>): string {
  const allowed = describePercent(objective.bound)
  return `${describePercent(observed!)} of ${count} requests failed; at most ${allowed} may`
}

function samplesSeen(
  { objective, observed, attained, count }: Omit<Verdict, 'explanation'>,
  fraction: number,
): string {
  const { label, unit } = findMetric(objective.metric)!
  const samples = objective.metric === 'tbt' ? 'gaps' : 'requests'
  const bound = describeValue(objective.bound, unit)
  const side = objective.comparison === '<=' ? 'at most' : 'at least'
  const met = `${describePercent(attained!)} of ${count} ${samples}`
  if (objective.form === 'share') {
    return `${label} was ${side} ${bound} for ${met}; ${describePercent(fraction)} must be`
  }
  const percentile = `p${Number((fraction * 100).toPrecision(6))}`
  const value = observed === null ? 'that of a failed request' : describeValue(observed, unit)
  return `The ${percentile} of ${lowerFirst(label, objective)} is ${value}, the bound ${bound}; ${met} kept it`
}

function lowerFirst(label: string, objective: Objective): string {
  return objective.metric === 'e2e' ? label.toLowerCase() : label.charAt(0).toLowerCase() + label.slice(1)
}
