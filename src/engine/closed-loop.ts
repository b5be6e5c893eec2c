import type { Pacer, PacerPorts } from './pacer.ts'
import { RequestQueue } from './request-queue.ts'

/**
 * `users` users, each of whom sends the next request of the plan when the previous answer has ended: a request is due
 * when its user became free. Offers no load of its own: a slow server is asked less.
 */
export function createClosedLoop(
  options: { readonly users: number; readonly durationNs: number | null; readonly onHungry: () => void },
  ports: PacerPorts,
): Pacer {
  const queue = new RequestQueue()
  /** Moments at which waiting users became free, oldest first. */
  const freeNs: number[] = []
  let lastOffered = false
  let haltedNs: number | null = null
  let lastDueNs = 0
  let cancelEnd: (() => void) | undefined

  function serve(): void {
    while (freeNs.length > 0 && queue.size > 0 && haltedNs === null && ports.hasRoom()) {
      const dueNs = freeNs.shift()!
      if (options.durationNs !== null && dueNs >= options.durationNs) {
        halt()
        return
      }
      lastDueNs = dueNs
      ports.dispatch(queue.take()!, dueNs)
    }
    if (!lastOffered && haltedNs === null && queue.size < 2 * options.users) options.onHungry()
    ports.onChange()
  }

  function halt(): [] {
    haltedNs ??= ports.nowNs()
    cancelEnd?.()
    ports.onChange()
    return []
  }

  return {
    offer(requests, last) {
      queue.add(requests)
      lastOffered ||= last
      serve()
    },
    start() {
      if (options.durationNs !== null) cancelEnd = ports.wakeAt(options.durationNs, halt)
      for (let user = 0; user < options.users; user++) freeNs.push(0)
      serve()
    },
    landed(endNs) {
      freeNs.push(endNs)
      serve()
    },
    halt,
    get exhausted() {
      return haltedNs !== null || (lastOffered && queue.size === 0)
    },
    get lastDueNs() {
      if (haltedNs !== null) return haltedNs
      return lastOffered && queue.size === 0 ? lastDueNs : null
    },
  }
}
