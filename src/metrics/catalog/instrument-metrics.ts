import type { RequestMetric } from '../request-metric.ts'
import { SOURCES } from './sources.ts'

const instrument = { unit: 'ns', better: 'lower', scope: 'request', source: SOURCES.instrument } as const

/** What happened before the first token, on the client's side and the wire. */
export const INSTRUMENT_METRICS: readonly RequestMetric[] = [
  {
    ...instrument,
    id: 'dispatch-lag',
    label: 'Dispatch lag',
    definition:
      "From the moment a request was due to the moment the engine handed it to the client: the instrument's own lateness. Failed requests included.",
    of: (request) => request.dispatchLagNs,
  },
  {
    ...instrument,
    id: 'connect-time',
    label: 'Connect time',
    definition:
      'Set-up of TCP and TLS by requests that opened their connection. None when a connection was reused. Failed requests included.',
    of: (request) => request.connectNs,
  },
  {
    ...instrument,
    id: 'headers-time',
    label: 'Time to headers',
    definition: 'From the origin to complete response headers. None for a failed request.',
    of: (request) => request.headersNs,
  },
]
