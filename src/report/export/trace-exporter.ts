import type { RequestRecord } from '../../records/request-record.ts'
import type { Exporter } from './exporter.ts'
import { createLanes } from './lanes.ts'

interface TraceEvent {
  readonly name: string
  readonly cat: string
  readonly ph: 'X' | 'i' | 'M'
  readonly pid: 1
  readonly tid: number
  /** Microseconds, as the format wants them. */
  readonly ts?: number
  readonly dur?: number
  readonly s?: 't'
  readonly args?: Readonly<Record<string, unknown>>
}

/**
 * Requests on a time line, in the Trace Event Format that Perfetto and Chrome's tracing page read: requests that overlap
 * lie on lanes of their own; within each the wait before sending, the wait for the first token, and the answer.
 *
 * @see Trace Event Format, Google (JSON object form, complete events `X`)
 */
export const traceExporter: Exporter = {
  kind: 'trace',
  summary: 'Trace Event JSON for ui.perfetto.dev and chrome://tracing: requests on a time line',
  render({ view, records }) {
    const laneOf = createLanes()
    const ordered = records.toSorted((a, b) => a.moments.dueNs - b.moments.dueNs)
    const events = ordered.flatMap((record) =>
      eventsOf(record, laneOf(record.moments.dueNs, record.moments.endNs)),
    )
    const name: TraceEvent = {
      name: 'process_name',
      cat: '',
      ph: 'M',
      pid: 1,
      tid: 0,
      args: { name: `metron ${view.title.name}` },
    }
    return `${JSON.stringify({ displayTimeUnit: 'ms', traceEvents: [name, ...events] })}\n`
  },
}

function eventsOf(record: RequestRecord, lane: number): TraceEvent[] {
  const { id, moments, chunks, outcome } = record
  const { dueNs, sentNs, endNs } = moments
  const span = (name: string, fromNs: number, toNs: number, args?: TraceEvent['args']): TraceEvent => ({
    name,
    cat: 'request',
    ph: 'X',
    pid: 1,
    tid: lane,
    ts: fromNs / 1000,
    dur: (toNs - fromNs) / 1000,
    ...(args === undefined ? {} : { args }),
  })
  const firstNs = chunks.ns[0]
  const events = [
    span(`request ${id}`, dueNs, endNs, {
      outcome: outcome.kind === 'ok' ? 'ok' : outcome.reason,
      promptTokens: record.prompt.serverTokens ?? record.prompt.wantedTokens,
      chunks: chunks.ns.length,
    }),
  ]
  if (sentNs !== null && sentNs > dueNs) events.push(span('before sending', dueNs, sentNs))
  if (sentNs !== null) events.push(span('first token', sentNs, firstNs ?? endNs))
  if (firstNs !== undefined)
    events.push(span('answer', firstNs, Math.max(firstNs, chunks.ns[chunks.ns.length - 1]!)))
  if (outcome.kind === 'failed')
    events.push({
      name: outcome.reason,
      cat: 'failure',
      ph: 'i',
      pid: 1,
      tid: lane,
      ts: endNs / 1000,
      s: 't',
    })
  return events
}
