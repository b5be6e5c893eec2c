import type { MessagePort } from 'node:worker_threads'
import type { Clock } from '../clock/clock.ts'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import { startSleeper } from '../clock/sleeper.ts'
import { createWaker } from '../clock/waker.ts'
import type { Client } from './client.ts'
import { watchEventLoop } from './loop-health.ts'
import type { EngineRequest, WireRequest } from './request.ts'
import { createShard, type Shard, type ShardOptions } from './shard.ts'
import type { FromStampingThread, ToStampingThread } from './thread-messages.ts'

const BEAT_MS = 200

/**
 * The life of a stamping thread: takes its share of the plan from `port`, executes it, hands over what it saw.
 * The thread does nothing else: no parsing, no tokenising, no disk.
 */
export function serveStampingThread(
  port: MessagePort,
  options: ShardOptions,
  parts: {
    readonly createClient: (clock: Clock) => Client
    readonly encode: (request: EngineRequest) => WireRequest
  },
): void {
  const send = (message: FromStampingThread, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer)
  /** Offers that come before the start; the clock, and with it the shard, exists from the start on. */
  const early: { requests: readonly EngineRequest[]; last: boolean }[] = []
  const sleeper = startSleeper()
  let shard: Shard | undefined
  let earlyEnd: 'stop' | 'abort' | undefined

  function start(zeroNs: number): void {
    const clock = createMonotonicClock(zeroNs)
    const waker = createWaker(clock, sleeper)
    const client = parts.createClient(clock)
    const stopWatching = watchEventLoop(options.worker)
    const started = createShard(options, {
      client,
      clock,
      waker,
      encode: parts.encode,
      sink: {
        segment: (segment) =>
          send({ kind: 'segment', segment }, [
            segment.bytes.buffer as ArrayBuffer,
            segment.readEnds.buffer as ArrayBuffer,
            segment.readNs.buffer as ArrayBuffer,
          ]),
        end: (end) => send({ kind: 'end', end }),
      },
      onHungry: () => send({ kind: 'hungry' }),
      onDone: () => {
        clearInterval(beat)
        waker.close()
        sendBeat()
        send({ kind: 'done', loop: stopWatching() })
        void client.close().finally(() => port.close())
      },
    })
    const sendBeat = (): void =>
      send({
        kind: 'beat',
        beat: { worker: options.worker, inFlight: started.inFlight, dispatched: started.dispatched },
      })
    const beat = setInterval(sendBeat, BEAT_MS)
    for (const { requests, last } of early) started.offer(requests, last)
    started.start()
    shard = started
    if (earlyEnd !== undefined) started[earlyEnd]()
  }

  function wait(message: Exclude<ToStampingThread, { kind: 'start' }>): void {
    if (message.kind === 'offer') early.push(message)
    else earlyEnd = message.kind
  }

  port.on('message', (message: ToStampingThread) => {
    if (message.kind === 'start') start(message.zeroNs)
    else if (shard === undefined) wait(message)
    else if (message.kind === 'offer') shard.offer(message.requests, message.last)
    else shard[message.kind]()
  })
  // The first request is due at the run's zero: by then the sleeper must be able to wake this thread.
  void sleeper.ready.then(() => send({ kind: 'ready' }))
}
