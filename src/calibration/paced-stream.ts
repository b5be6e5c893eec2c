import type { Socket } from 'node:net'
import type { Clock } from '../clock/clock.ts'
import { createPacedPacket, pacedEnding } from './paced-packet.ts'
import type { ReadSchedule } from './pacing-schedule.ts'

/** One answer under way: writes its chunks, one write at a time, when told to. */
export interface PacedStream {
  /** When the next write is due, ns of the clock. Without a schedule: always at once, after those that wait longer. */
  dueNs: number
  /** Does the next write. */
  write(): 'more' | 'full' | 'over'
}

/** Streams are spread over their period by multiples of the golden ratio: evenly, however many there are. */
const GOLDEN_FRACTION = (Math.sqrt(5) - 1) / 2

/**
 * An answer of `schedule` on `socket`, whose headers have been written. `number` is that of the stream on the server and
 * decides its phase. `full`: the socket takes no more for now; `over`: the ending is written as well.
 */
export function createPacedStream(
  socket: Socket,
  { pattern, periodNs, writes }: ReadSchedule,
  clock: Clock,
  number: number,
): PacedStream {
  // A packet of its own costs memory, but one for all would change while a slow socket still holds it.
  const packet = createPacedPacket(pattern)
  const { eventsPerWrite, tokensPerEvent, offsetPeriods } = pattern
  const phase = pattern.inStep ? 0 : (number * GOLDEN_FRACTION) % 1
  const startNs = firstDueNs(clock.nowNs(), periodNs, phase)
  let next = 0
  let wroteNs = 0
  const stream: PacedStream = {
    dueNs: offsetPeriods === null ? clock.nowNs() : startNs + offsetPeriods(0) * periodNs,
    write() {
      const sentNs = clock.nowNs()
      const lateNs = offsetPeriods === null ? 0 : Math.max(0, sentNs - stream.dueNs)
      const takesMore = socket.write(packet.stamp(sentNs, next * eventsPerWrite, lateNs, wroteNs))
      const doneNs = clock.nowNs()
      wroteNs = doneNs - sentNs
      if (socket.writableLength > 0) packet.release()
      next += 1
      if (next === writes) {
        socket.write(pacedEnding(writes * eventsPerWrite * tokensPerEvent))
        return 'over'
      }
      stream.dueNs = offsetPeriods === null ? doneNs : startNs + offsetPeriods(next) * periodNs
      return takesMore ? 'more' : 'full'
    },
  }
  return stream
}

/** The first moment at or after `nowNs` that has this phase (0..1) of the period. */
function firstDueNs(nowNs: number, periodNs: number, phase: number): number {
  return (Math.ceil(nowNs / periodNs - phase) + phase) * periodNs
}
