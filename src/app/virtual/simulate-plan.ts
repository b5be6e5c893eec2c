import type { RequestRecord } from '../../records/request-record.ts'
import type { EngineParts } from '../../simulator/engine-parts.ts'
import { type SimulatedTimes, simulateEach } from '../../simulator/simulate-run.ts'
import type { Plan } from '../../workload/plan.ts'
import { planSource } from './plan-source.ts'

/**
 * Executes a plan on a simulated engine in virtual time: a record for each request in the order of their ends, as a client
 * without any latency of its own would have kept them. Deterministic. Requests refused by a full queue fail as
 * `rate-limited`; text is never kept. `onRecord` may end the run by returning `stop`: what is in flight then has no record.
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

function toRecord(times: SimulatedTimes, plan: Plan): RequestRecord {
  const { id, dueNs, tokenNs, prefillStartNs, cachedTokens } = times
  const { promptTokens, outputTokens } = plan.lengths(id)
  const isRefused = prefillStartNs === null
  return {
    id,
    worker: 0,
    moments: {
      dueNs,
      dispatchedNs: dueNs,
      sentNs: dueNs,
      headersNs: dueNs,
      endNs: tokenNs.at(-1) ?? dueNs,
    },
    outcome: isRefused
      ? {
          kind: 'failed',
          reason: 'rate-limited',
          detail: 'the queue of the simulated engine was full',
          status: 429,
        }
      : { kind: 'ok' },
    attempts: 1,
    connectNs: null,
    prompt: {
      wantedTokens: promptTokens,
      serverTokens: isRefused ? null : promptTokens,
      cachedTokens: isRefused ? null : cachedTokens,
    },
    output: {
      wantedTokens: outputTokens,
      serverTokens: isRefused ? null : tokenNs.length,
      finishReason: isRefused ? null : 'length',
    },
    chunks: {
      ns: tokenNs,
      channels: 'a'.repeat(tokenNs.length),
      chars: new Uint8Array(tokenNs.length),
      tokens: new Uint8Array(tokenNs.length).fill(1),
    },
    tokenSource: isRefused ? null : 'token-ids',
    text: null,
  }
}
