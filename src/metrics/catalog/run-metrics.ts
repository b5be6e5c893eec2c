import type { MetricDefinition } from '../metric-definition.ts'
import { SOURCES } from './sources.ts'

const run = { scope: 'run', source: SOURCES.metron } as const

/** Metrics with one value for the whole run. */
export const RUN_METRICS: readonly MetricDefinition[] = [
  {
    ...run,
    id: 'service-miss-rate',
    label: 'Service deadline miss rate',
    unit: 'fraction',
    better: 'lower',
    definition:
      'Deadlines missed by all requests divided by deadlines of all requests. A failed request adds the deadlines of the tokens that arrived and one missed deadline for each token it was asked for and did not deliver (at least one), unless failed requests are excluded.',
  },
  {
    ...run,
    id: 'fluid-requests',
    label: 'Fluid requests',
    unit: 'fraction',
    better: 'higher',
    definition:
      'Share of requests whose fluidity-index reaches the asked minimum (0.9 unless said otherwise). Failed requests count as not fluid, unless excluded.',
  },
  {
    ...run,
    id: 'fluid-token-rate',
    label: 'Fluid token generation rate',
    unit: 'tokens/s',
    better: 'higher',
    definition:
      '1 / D, where D is the smallest deadline between tokens at which the asked share of requests (99 % unless said otherwise) has a fluidity-index of at least the asked minimum (0.9). First tokens are left out. None when too many requests failed for any deadline, unless they are excluded.',
  },
  {
    ...run,
    id: 'rate-by-mean-tpot',
    label: 'Token rate by mean TPOT',
    unit: 'tokens/s',
    better: 'higher',
    definition: '1 / mean over requests of the time per output token. Hides stalls; shown for comparison.',
  },
  {
    ...run,
    id: 'rate-by-p99-tbt',
    label: 'Token rate by p99 TBT',
    unit: 'tokens/s',
    better: 'higher',
    definition:
      '1 / p99 of all times between tokens. Punishes single late tokens that earlier ones had made up for; shown for comparison.',
  },
  {
    ...run,
    id: 'request-throughput',
    label: 'Request throughput',
    unit: 'requests/s',
    better: 'higher',
    definition: 'Answered requests divided by the length of the measured window.',
    source: SOURCES.conventional,
  },
  {
    ...run,
    id: 'output-token-throughput',
    label: 'Output token throughput',
    unit: 'tokens/s',
    better: 'higher',
    definition: 'Output tokens of answered requests divided by the length of the measured window.',
    source: SOURCES.conventional,
  },
  {
    ...run,
    id: 'total-token-throughput',
    label: 'Total token throughput',
    unit: 'tokens/s',
    better: 'higher',
    definition: 'Prompt and output tokens of answered requests divided by the length of the measured window.',
    source: SOURCES.conventional,
  },
  {
    ...run,
    id: 'error-rate',
    label: 'Error rate',
    unit: 'fraction',
    better: 'lower',
    definition:
      'Failed, timed-out, empty and cut-off requests divided by all measured requests, also when failed requests are excluded elsewhere.',
    source: SOURCES.conventional,
  },
]
