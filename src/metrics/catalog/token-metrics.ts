import type { MetricDefinition } from '../metric-definition.ts'
import type { RequestMetric } from '../request-metric.ts'
import { SOURCES } from './sources.ts'

/** The one metric with a sample a token: every gap of every request. */
export const TBT_METRIC: MetricDefinition = {
  id: 'tbt',
  label: 'Time between tokens',
  unit: 'ns',
  better: 'lower',
  scope: 'token',
  definition:
    'Gap before each token but the first, pooled over all tokens of all answered requests. Tokens of one chunk arrive together: the first takes the gap, the others 0.',
  source: SOURCES.conventional,
}

/** Paces and sizes of a request. */
export const TOKEN_METRICS: readonly RequestMetric[] = [
  {
    id: 'output-throughput',
    label: 'Output throughput of a request',
    unit: 'tokens/s',
    better: 'higher',
    scope: 'request',
    definition: 'Output tokens of a request divided by its end-to-end latency.',
    source: SOURCES.conventional,
    of: (request) => request.outputTokensPerSec,
  },
  {
    id: 'interactivity',
    label: 'Interactivity',
    unit: 'tokens/s',
    better: 'higher',
    scope: 'request',
    definition:
      'Tokens per second a user sees while the answer streams: 1 / time per output token. None with fewer than two tokens, or when all came at once.',
    source: SOURCES.conventional,
    of: (request) => request.interactivityPerSec,
  },
  {
    id: 'prompt-tokens',
    label: 'Prompt tokens',
    unit: 'tokens',
    better: 'neither',
    scope: 'request',
    definition:
      "Tokens of the prompt by the server's count, or as asked of the prompt builder when the server gave none. Answered requests only.",
    source: SOURCES.conventional,
    of: (request) => (request.ok ? request.promptTokens : null),
  },
  {
    id: 'output-tokens',
    label: 'Output tokens',
    unit: 'tokens',
    better: 'neither',
    scope: 'request',
    definition: 'Tokens that arrived, of all channels. Answered requests only.',
    source: SOURCES.conventional,
    of: (request) => (request.ok ? request.outputTokens : null),
  },
]
