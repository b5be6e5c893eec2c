import type { RequestMetric } from '../request-metric.ts'
import { SOURCES } from './sources.ts'

const latency = { unit: 'ns', better: 'lower', scope: 'request', source: SOURCES.conventional } as const

/** How long a request took, counted from the chosen origin. */
export const LATENCY_METRICS: readonly RequestMetric[] = [
  {
    ...latency,
    id: 'ttft',
    label: 'Time to first token',
    definition:
      'From the origin to the first chunk that carries tokens of any channel (answer, reasoning or tool call). None for a failed request.',
    of: (request) => request.ttftNs,
  },
  {
    ...latency,
    id: 'ttfat',
    label: 'Time to first answer token',
    definition:
      'From the origin to the first chunk of the visible answer that carries tokens; later than the first token when the model reasons first. None when no visible token came.',
    of: (request) => request.ttfatNs,
  },
  {
    ...latency,
    id: 'tpot',
    label: 'Time per output token',
    definition:
      'Mean gap of a request: (last token - first token) / (tokens - 1). None with fewer than two tokens.',
    of: (request) => request.tpotNs,
  },
  {
    ...latency,
    id: 'e2e',
    label: 'End-to-end latency',
    definition: 'From the origin to the last token. Usage and end-of-stream events are not waited for.',
    of: (request) => request.e2eNs,
  },
  {
    ...latency,
    id: 'normalized-latency',
    label: 'Normalized latency',
    definition: 'End-to-end latency divided by the output tokens of the request.',
    source: SOURCES.orca,
    of: (request) => request.normalizedNs,
  },
  {
    ...latency,
    id: 'worst-gap',
    label: 'Worst gap',
    definition:
      'Longest time between two tokens of a request in a row, the wait for the first left out. None with fewer than two tokens.',
    of: (request) => request.worstGapNs,
  },
]
