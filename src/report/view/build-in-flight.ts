import type { RequestRecord } from '../../records/request-record.ts'
import type { InFlightView } from './chart-view.ts'

const BINS = 480
const MOST_FAILURES = 500

/** Requests between dispatch and end over time, as the most within each of 480 bins. Warm-up is included. */
export function buildInFlight(records: readonly RequestRecord[], measureFromNs: number): InFlightView {
  const endNs = records.reduce((latest, { moments }) => Math.max(latest, moments.endNs), 0)
  const failed = records
    .filter(({ outcome }) => outcome.kind === 'failed')
    .map(({ moments }) => moments.endNs)
  const step = Math.max(1, Math.ceil(failed.length / MOST_FAILURES))
  const binNs = endNs / BINS
  const requests = binNs > 0 ? mostPerBin(records, binNs) : []
  return {
    ns: requests.map((_, i) => i * binNs),
    requests,
    binNs,
    endNs,
    measureFromNs,
    peak: requests.reduce((most, level) => Math.max(most, level), 0),
    failedNs: failed.filter((_, i) => i % step === 0),
  }
}

function mostPerBin(records: readonly RequestRecord[], binNs: number): number[] {
  const starts = Float64Array.from(records, ({ moments }) => moments.dispatchedNs).sort()
  const ends = Float64Array.from(records, ({ moments }) => moments.endNs).sort()
  const most = new Array<number>(BINS).fill(0)
  let level = 0
  let started = 0
  let ended = 0
  for (let bin = 0; bin < BINS; bin++) {
    most[bin] = level
    const untilNs = bin === BINS - 1 ? Number.POSITIVE_INFINITY : (bin + 1) * binNs
    while (Math.min(starts[started] ?? Infinity, ends[ended] ?? Infinity) < untilNs) {
      // A slot that is freed and taken at the same moment never held two.
      if (ends[ended]! <= (starts[started] ?? Number.POSITIVE_INFINITY)) {
        level -= 1
        ended += 1
      } else {
        level += 1
        started += 1
        most[bin] = Math.max(most[bin]!, level)
      }
    }
  }
  return most
}
