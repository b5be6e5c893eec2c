import type { InstrumentHealth } from '../../records/manifest.ts'
import { formatCount, formatQuantity } from '../format/format-count.ts'
import { formatDuration } from '../format/format-duration.ts'
import { formatFraction } from '../format/format-fraction.ts'
import { formatValue } from '../format/format-value.ts'
import type { HealthFact, HealthView } from './run-view.ts'

const HEADLINES = {
  valid: 'Instrument valid',
  degraded: 'Instrument degraded',
  invalid: 'Instrument invalid',
} as const

/** What the instrument said of itself; `unknown` when the run ended before it could (`null`). */
export function buildHealth(health: InstrumentHealth | null): HealthView {
  if (health === null) {
    return {
      verdict: 'unknown',
      headline: 'Instrument health unknown',
      reasons: ['The run ended before the instrument could state its own error.'],
      facts: [],
    }
  }
  return {
    verdict: health.verdict,
    headline: HEADLINES[health.verdict],
    reasons: health.reasons,
    facts: [...loadFacts(health), ...lagFacts(health), ...loopFacts(health), ...connectionFacts(health)],
  }
}

function loadFacts({ offeredPerSec, achievedPerSec }: InstrumentHealth): HealthFact[] {
  return [
    {
      label: 'Load offered',
      value: offeredPerSec === null ? 'closed loop' : formatValue(offeredPerSec, 'requests/s'),
      meaning: 'Requests per second that the schedule asked for.',
    },
    {
      label: 'Load achieved',
      value: formatValue(achievedPerSec, 'requests/s'),
      meaning: 'Requests per second that were really dispatched.',
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
      label: 'Busiest worker',
      value: formatFraction(worst((worker) => worker.loopUtilizationFraction)),
      meaning: `Share of time in which the busiest of ${formatQuantity(workers.length, 'worker')} was working.`,
    },
  ]
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
