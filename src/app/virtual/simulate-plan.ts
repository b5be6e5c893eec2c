import type { Outcome } from '../../records/outcome.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import type { EngineParts } from '../../simulator/engine-parts.ts'
import { type SimulatedFailure, type SimulatedTimes, simulateEach } from '../../simulator/simulate-run.ts'
import type { Plan } from '../../workload/plan.ts'
import { planSource } from './plan-source.ts'

/**
 * Executes a plan on a simulated engine in virtual time: a record for each request in the order of their ends, as a client
 * without any latency of its own would have kept them; a refusal takes 1 ms. Deterministic. Requests refused by a full queue fail as
 * `rate-limited`, by a fleet of which no replica is up as `http-status`, those lost with their replica as
 * `connection-reset` with the chunks that had come; text is never kept. `onRecord` may end the run by returning `stop`: what is in flight then has no record.
 */
export function simulatePlan(
  plan: Plan,
  engine: EngineParts,
  onRecord: (record: RequestRecord) => 'stop' | undefined,
): void {
  const source = planSource(plan)
  simulateEach(source, engine, (times) => {
    const record = toRecord(times, plan)
    source.ended(record.moments.endNs)
    return onRecord(record)
  })
}

/** How long a refusal takes to come back: a user who asks again at once would stop the time otherwise. */
const REFUSAL_NS = 1e6

const FAILURES: Readonly<Record<SimulatedFailure, Outcome>> = {
  'queue-full': {
    kind: 'failed',
    reason: 'rate-limited',
    detail: 'the queue of the simulated engine was full',
    status: 429,
  },
  'all-down': {
    kind: 'failed',
    reason: 'http-status',
    detail: 'no replica of the simulated engine was up',
    status: 503,
  },
  'replica-lost': {
    kind: 'failed',
    reason: 'connection-reset',
    detail: 'the replica of the simulated engine went down',
    status: 200,
  },
}

function toRecord(times: SimulatedTimes, plan: Plan): RequestRecord {
  const { id, dueNs, tokenNs, endNs, failure, cachedTokens } = times
  const { promptTokens, outputTokens } = plan.lengths(id)
  const isOk = failure === null
  return {
    id,
    worker: 0,
    moments: {
      dueNs,
      dispatchedNs: dueNs,
      sentNs: dueNs,
      headersNs: dueNs,
      endNs: failure === null || failure === 'replica-lost' ? endNs : endNs + REFUSAL_NS,
    },
    outcome: isOk ? { kind: 'ok' } : FAILURES[failure],
    attempts: 1,
    connectNs: null,
    prompt: {
      wantedTokens: promptTokens,
      serverTokens: isOk ? promptTokens : null,
      cachedTokens: isOk ? cachedTokens : null,
    },
    output: {
      wantedTokens: outputTokens,
      serverTokens: isOk ? tokenNs.length : null,
      finishReason: isOk ? 'length' : null,
    },
    chunks: {
      ns: tokenNs,
      channels: 'a'.repeat(tokenNs.length),
      chars: new Uint8Array(tokenNs.length),
      tokens: new Uint8Array(tokenNs.length).fill(1),
    },
    tokenSource: tokenNs.length === 0 ? null : 'token-ids',
    text: null,
  }
}
