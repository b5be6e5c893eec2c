import type { DueRequest, RequestSource } from '../../simulator/simulate-run.ts'
import type { Plan } from '../../workload/plan.ts'

/** The requests of a plan for a virtual run. A closed loop must be told of every end: its user then sends the next one. */
export interface PlanSource extends RequestSource {
  ended(atNs: number): void
}

export function planSource(plan: Plan): PlanSource {
  const { dueNs, size, durationNs } = plan
  let nextId = 0
  const request = (dueAtNs: number): DueRequest => ({
    id: nextId,
    dueNs: dueAtNs,
    ...plan.lengths(nextId++),
  })
  if (dueNs !== null) {
    return {
      nextDueNs: () => dueNs[nextId] ?? null,
      take: () => request(dueNs[nextId]!),
      ended() {},
    }
  }
  /** When users became free, in order of time. */
  const free: number[] = new Array(plan.users!).fill(0)
  let taken = 0
  return {
    nextDueNs() {
      const dueAtNs = free[taken]
      if (dueAtNs === undefined || nextId === size) return null
      return durationNs !== null && dueAtNs >= durationNs ? null : dueAtNs
    },
    take: () => request(free[taken++]!),
    ended(atNs) {
      // Refusals are told ahead of what ends while they are on their way.
      let place = free.length
      while (place > taken && free[place - 1]! > atNs) place--
      free.splice(place, 0, atNs)
    },
  }
}
