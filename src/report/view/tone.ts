import type { Verdict } from '../../slo/objective.ts'
import type { FeltVerdict, HealthView } from './run-view.ts'

/** How a statement is to be taken. Views give it a colour and a sign, so that colour never stands alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'none'

export const FELT_TONES: Readonly<Record<FeltVerdict['kind'], Tone>> = {
  smooth: 'good',
  'not-smooth': 'bad',
  'no-data': 'none',
  void: 'warn',
}

export const HEALTH_TONES: Readonly<Record<HealthView['verdict'], Tone>> = {
  valid: 'good',
  degraded: 'warn',
  invalid: 'bad',
  unknown: 'none',
}

/** The verdict of an objective in words. */
export const OBJECTIVE_STATUS: Readonly<Record<Verdict['status'], { tone: Tone; text: string }>> = {
  pass: { tone: 'good', text: 'met' },
  fail: { tone: 'bad', text: 'missed' },
  'no-data': { tone: 'none', text: 'too little data' },
  void: { tone: 'warn', text: 'not judged' },
}
