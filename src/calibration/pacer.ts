import type { Socket } from 'node:net'
import type { Clock } from '../clock/clock.ts'
import { DueQueue } from './due-queue.ts'
import { createPacedStream, type PacedStream } from './paced-stream.ts'
import type { ReadSchedule } from './pacing-schedule.ts'

/** The event loop gets a turn at least this often: new requests and full sockets wait no longer. */
const TURN_NS = 1e6
/** Waits longer than this are left to a timer, which is 1 ms coarse. */
const TIMER_NS = 3e6

/** Writes the chunks of all streams of a server when they are due. */
export interface Pacer {
  /** Starts a stream on a socket whose headers have been written; `onOver` when it is complete. */
  add(socket: Socket, schedule: ReadSchedule, onOver: () => void): void
}

/**
 * One loop for all streams. Between two due times the thread sleeps in the kernel, which is exact to some 60 µs where
 * timers are exact to 1 ms, and costs nothing where polling would cost a core.
 */
export function createPacer(clock: Clock): Pacer {
  const queue = new DueQueue<PacedStream & { readonly socket: Socket; readonly onOver: () => void }>()
  const nap = new Int32Array(new SharedArrayBuffer(4))
  let timer: ReturnType<typeof setTimeout> | undefined
  let turning = false
  let streams = 0

  function turnSoon(): void {
    clearTimeout(timer)
    if (!turning) setImmediate(turn)
    turning = true
  }

  function turn(): void {
    turning = false
    const endNs = clock.nowNs() + TURN_NS
    for (let nowNs = 0; nowNs < endNs; ) {
      const stream = queue.first
      if (stream === undefined) return
      nowNs = clock.nowNs()
      const aheadNs = stream.dueNs - nowNs
      if (aheadNs > TIMER_NS) {
        timer = setTimeout(turnSoon, Math.floor((aheadNs - TIMER_NS / 2) / 1e6))
        return
      }
      if (aheadNs > 0) {
        Atomics.wait(nap, 0, 0, Math.min(aheadNs, TURN_NS) / 1e6)
        break
      }
      advance(stream)
    }
    turnSoon()
  }

  function advance(stream: PacedStream & { readonly socket: Socket; readonly onOver: () => void }): void {
    const after = stream.socket.destroyed ? 'gone' : stream.write()
    if (after === 'more') {
      queue.postponed()
      return
    }
    queue.removeFirst()
    if (after === 'over') stream.onOver()
    if (after !== 'full') return
    stream.socket.once('drain', () => {
      queue.add(stream)
      turnSoon()
    })
  }

  return {
    add(socket, schedule, onOver) {
      const stream = createPacedStream(socket, schedule, clock, streams++)
      queue.add(Object.assign(stream, { socket, onOver }))
      turnSoon()
    },
  }
}
