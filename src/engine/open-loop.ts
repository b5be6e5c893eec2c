import type { Pacer, PacerPorts } from './pacer.ts'
import { RequestQueue } from './request-queue.ts'

/**
 * Sends each request at its absolute due time, whether or not earlier ones have ended. Lateness never adds up: a late
 * wake-up sends all that is due and sleeps until the next due time. Only a cap set by the user holds requests back.
 */
export function createOpenLoop(ports: PacerPorts): Pacer {
  const queue = new RequestQueue()
  let running = false
  let halted = false
  let lastOffered = false
  let lastDueNs = 0
  let cancelWake: (() => void) | undefined

  function pump(): void {
    cancelWake?.()
    cancelWake = undefined
    if (!running) return
    while (!halted && ports.hasRoom()) {
      const request = queue.peek()
      if (request === undefined) break
      const dueNs = request.dueNs!
      if (dueNs > ports.nowNs()) {
        cancelWake = ports.wakeAt(dueNs, pump)
        break
      }
      queue.take()
      ports.dispatch(request, dueNs)
    }
    ports.onChange()
  }

  return {
    offer(requests, last) {
      queue.add(requests)
      lastOffered ||= last
      lastDueNs = requests.at(-1)?.dueNs ?? lastDueNs
      pump()
    },
    start() {
      running = true
      pump()
    },
    landed: pump,
    halt() {
      halted = true
      cancelWake?.()
      const held = []
      const nowNs = ports.nowNs()
      for (let request = queue.take(); request !== undefined; request = queue.take())
        if (request.dueNs! <= nowNs) held.push({ request, dueNs: request.dueNs! })
      lastDueNs = Math.min(lastDueNs, nowNs)
      ports.onChange()
      return held
    },
    get exhausted() {
      return halted || (lastOffered && queue.size === 0)
    },
    get lastDueNs() {
      return halted || lastOffered ? lastDueNs : null
    },
  }
}
