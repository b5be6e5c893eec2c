import type { ImportNote, InstrumentHealth } from '../../records/manifest.ts'
import { formatCount, formatQuantity } from '../format/format-count.ts'
import { formatDuration } from '../format/format-duration.ts'
import { formatFraction } from '../format/format-fraction.ts'
import { formatSignificant } from '../format/format-significant.ts'
import { formatValue } from '../format/format-value.ts'
import { calibrationFacts } from './calibration-facts.ts'
import type { HealthFact, HealthView } from './run-view.ts'

const HEADLINES = {
  valid: 'Instrument valid',
  degraded: 'Instrument degraded',
  invalid: 'Instrument invalid (client-limited)',
} as const

/**
 * What the instrument said of itself; `unknown` when the run ended before it could (`null`).
 *
 * @param users of a closed loop, `null` for an open loop
 */
export function buildHealth(
  health: InstrumentHealth | null,
  users: number | null,
  imported?: ImportNote,
): HealthView {
  if (health === null) {
    return {
      verdict: 'unknown',
      headline: 'Instrument health unknown',
      reasons: [
        imported === undefined
          ? 'The run ended before the instrument could state its own error.'
          : `Another tool measured this run (${imported.format}, ${imported.file}), which does not state its own error.`,
      ],
      facts: [],
    }
  }
  return {
    verdict: health.verdict,
    headline: HEADLINES[health.verdict],
    reasons: health.reasons,
    facts: [
      ...loadFacts(health, users),
      ...arrivalFacts(health),
      ...lagFacts(health),
      ...loopFacts(health),
      ...machineFacts(health),
      ...calibrationFacts(health),
      ...connectionFacts(health),
    ],
  }
}

function loadFacts({ offeredPerSec, achievedPerSec }: InstrumentHealth, users: number | null): HealthFact[] {
  const offered = offeredPerSec === null ? 'all at once' : formatValue(offeredPerSec, 'requests/s')
  return [
    {
      label: 'Load offered',
      value: users === null ? offered : `closed loop, ${formatQuantity(users, 'user')}`,
      meaning: 'Requests per second that the schedule asked for; a closed loop asks for none.',
    },
    {
      label: 'Load achieved',
      value: formatValue(achievedPerSec, 'requests/s'),
      meaning: 'Requests per second that were really dispatched.',
    },
  ]
}

function arrivalFacts({ arrivals }: InstrumentHealth): HealthFact[] {
  if (arrivals === null) return []
  const { distribution, statistic, pValue, count } = arrivals
  return [
    {
      label: 'Fit of arrivals',
      value: `distance ${formatSignificant(statistic)}, p ${pValue < 0.001 ? 'below 0.001' : formatSignificant(pValue)}`,
      meaning: `Kolmogorov-Smirnov test of ${formatQuantity(count, 'gap')} between dispatches against the ${distribution} distribution: the largest distance, and the chance of one as large when requests leave as they should.`,
    },
  ]
}

function lagFacts({ lag }: InstrumentHealth): HealthFact[] {
  const meaning =
    'How late requests were dispatched after they were due: the lateness of the instrument itself.'
  return [
    { label: 'Dispatch lag p99', value: formatDuration(lag?.p99Ns ?? null), meaning },
    { label: 'Dispatch lag max', value: formatDuration(lag?.maxNs ?? null), meaning },
  ]
}

function loopFacts({ workers }: InstrumentHealth): HealthFact[] {
  const worst = (of: (worker: InstrumentHealth['workers'][number]) => number) =>
    workers.length === 0 ? null : workers.reduce((most, worker) => Math.max(most, of(worker)), 0)
  return [
    {
      label: 'Event-loop delay p99',
      value: formatDuration(worst((worker) => worker.loopDelayP99Ns)),
      meaning:
        'The worst worker: how much later than asked its timers fired. A chunk can be stamped this much too late.',
    },
    {
      label: 'Longest GC pause',
      value: formatDuration(worst((worker) => worker.gcMaxNs)),
      meaning: 'The longest garbage collection of any worker; part of the event-loop delay.',
    },
    {
      label: 'Busiest worker',
      value: formatFraction(worst((worker) => worker.loopUtilizationFraction)),
      meaning: `Share of time in which the busiest of ${formatQuantity(workers.length, 'worker')} was working.`,
    },
  ]
}

function machineFacts({ cpuStealFraction, backlogMaxNs }: InstrumentHealth): HealthFact[] {
  const steal = {
    label: 'CPU steal',
    value: formatFraction(cpuStealFraction),
    meaning: 'Share of CPU time that the hypervisor gave to other machines.',
  }
  const backlog = {
    label: 'Parsing behind by',
    value: formatDuration(backlogMaxNs),
    meaning: 'The longest an ended request waited for the thread that parses. Stamps are not late by it.',
  }
  return [...(cpuStealFraction === null ? [] : [steal]), ...(backlogMaxNs === null ? [] : [backlog])]
}

function connectionFacts({ connectionsOpened, connectionsReused, resends }: InstrumentHealth): HealthFact[] {
  return [
    {
      label: 'Connections',
      value: `${formatCount(connectionsOpened)} opened, ${formatCount(connectionsReused)} reused`,
      meaning:
        'Opening a connection takes a round trip or more, which is part of the latency counted from due.',
    },
    {
      label: 'Silent resends',
      value: formatCount(resends),
      meaning: 'Requests sent again because a kept connection turned out to be closed.',
    },
  ]
}
