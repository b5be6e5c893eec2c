import type { Plan } from '../workload/plan.ts'
import type { EngineRequest } from './request.ts'

/** Requests are written out this long before they are due. */
const AHEAD_NS = 5e9
const BATCH = 256

/**
 * Deals the requests of a plan to the shards, a stretch ahead of time, so that a long run needs little memory and
 * no thread that stamps ever builds a prompt.
 *
 * Open loop: request `id` belongs to shard `id % shards`, whatever happens. Closed loop: shards take the next ones of
 * the plan as they need them; what the n-th request holds does not depend on who sends it.
 */
export interface Feed {
  /** Requests for every shard that are due before `nowNs` plus the lead. Open loop only. */
  openLoop(nowNs: number): { readonly shares: readonly EngineRequest[][]; readonly last: boolean } | null
  /** The next requests for one hungry shard. Closed loop only. */
  closedLoop(count: number): { readonly requests: readonly EngineRequest[]; readonly last: boolean }
}

export function createFeed(plan: Plan, shards: number): Feed {
  let next = 0

  function write(id: number): EngineRequest {
    const { promptTokens, outputTokens } = plan.lengths(id)
    const dueNs = plan.dueNs === null ? null : plan.dueNs[id]!
    return { id, dueNs, prompt: plan.prompt(id), promptTokens, outputTokens }
  }

  return {
    openLoop(nowNs) {
      const size = plan.size ?? 0
      if (next >= size && next > 0) return null
      const shares: EngineRequest[][] = Array.from({ length: shards }, () => [])
      const start = next
      while (next < size && next - start < BATCH && plan.dueNs![next]! <= nowNs + AHEAD_NS) {
        shares[next % shards]!.push(write(next))
        next += 1
      }
      if (next === start && size > 0) return null
      return { shares, last: next >= size }
    },
    closedLoop(count) {
      const requests: EngineRequest[] = []
      while (requests.length < count && (plan.size === null || next < plan.size)) requests.push(write(next++))
      return { requests, last: plan.size !== null && next >= plan.size }
    },
  }
}
