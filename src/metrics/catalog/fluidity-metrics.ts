import type { RequestMetric } from '../request-metric.ts'
import { SOURCES } from './sources.ts'

const fraction = { unit: 'fraction', scope: 'request', source: SOURCES.algorithm1 } as const

/** How a request kept its token deadlines. */
export const FLUIDITY_METRICS: readonly RequestMetric[] = [
  {
    ...fraction,
    id: 'fluidity-index',
    label: 'Fluidity-index',
    better: 'higher',
    definition:
      'Share of token deadlines met: 1 - missed / total. Tokens that come early earn slack for later ones; a stall is charged for every deadline that passes while it lasts, then the schedule starts anew. None when no token was judged.',
    of: (request) => request.fluidity.index,
  },
  {
    ...fraction,
    id: 'token-fluidity',
    label: 'Token fluidity',
    better: 'higher',
    definition:
      'Share of tokens that met their deadline, with the deadlines and slack of the fluidity-index: a stall costs the one token that was awaited, however long it lasts.',
    source: SOURCES.metron,
    of: (request) => request.tokenFluidity,
  },
  {
    ...fraction,
    id: 'deadline-miss-rate',
    label: 'Deadline miss rate',
    better: 'lower',
    definition:
      'Share of token deadlines missed by a request: 1 - fluidity-index. Its p99 is the tail of the fluidity-index.',
    of: (request) => request.deadlineMissRate,
  },
]
