import type { Clock } from '../clock/clock.ts'
import type { Waker } from '../clock/waker.ts'
import type { AbortExchange, Client, TransportFailure } from './client.ts'
import { createClosedLoop } from './closed-loop.ts'
import { ExchangeRecorder, type ExchangeSink, startExchange } from './exchange-recorder.ts'
import { createOpenLoop } from './open-loop.ts'
import type { Pacer, PacerPorts } from './pacer.ts'
import type { EngineRequest, WireRequest } from './request.ts'

/** What one thread needs to know of the run. */
export interface ShardOptions {
  readonly worker: number
  /** Closed loop: users of this shard. `null`: open loop, every request has a due time. */
  readonly users: number | null
  /** Requests on the wire at once, a cap that only the user sets; the wait of those held back counts as latency. */
  readonly maxConcurrency: number | null
  /** Closed loop: no request becomes due at or after this moment. `null`: only the number of requests ends the run. */
  readonly durationNs: number | null
  /** After the last request was due, answers may take this long until the hard end. */
  readonly drainNs: number
  /** A request is given up when it takes longer; `null`: never. */
  readonly requestTimeoutNs: number | null
}

export interface ShardPorts {
  readonly client: Client
  readonly clock: Clock
  /** Of the same clock; whoever made it closes it. */
  readonly waker: Waker
  readonly encode: (request: EngineRequest) => WireRequest
  readonly sink: ExchangeSink
  /** Closed loop: this shard's stock of requests runs low. */
  readonly onHungry: () => void
  /** Everything has ended; nothing more goes to the sink. */
  readonly onDone: () => void
}

export interface Shard {
  /** More requests, in the order of the plan; `last`: no more will come. */
  offer(requests: readonly EngineRequest[], last: boolean): void
  /** Starts at the run's zero, which may lie ahead. */
  start(): void
  /** Sends nothing more; what is on the wire may end within the drain time. */
  stop(): void
  /** Ends everything on the wire at once. */
  abort(): void
  readonly inFlight: number
  readonly dispatched: number
}

const RUN_ENDED: TransportFailure = { reason: 'unfinished', detail: 'the run ended before the answer did' }

/** Executes one thread's share of a plan on time, and ends at the latest `drainNs` after its last request was due. */
export function createShard(options: ShardOptions, ports: ShardPorts): Shard {
  const { clock, waker, sink } = ports
  const inFlight = new Map<number, AbortExchange>()
  let dispatched = 0
  let cancelHardEnd: (() => void) | undefined
  let done = false

  const pacerPorts: PacerPorts = {
    nowNs: () => clock.nowNs(),
    wakeAt: waker.wakeAt,
    hasRoom: () => options.maxConcurrency === null || inFlight.size < options.maxConcurrency,
    dispatch,
    onChange: settle,
  }
  const pacer: Pacer =
    options.users === null
      ? createOpenLoop(pacerPorts)
      : createClosedLoop(
          { users: options.users, durationNs: options.durationNs, onHungry: ports.onHungry },
          pacerPorts,
        )

  function dispatch(request: EngineRequest, dueNs: number): void {
    dispatched += 1
    let timer: ReturnType<typeof setTimeout> | undefined
    const moments = { dueNs, dispatchedNs: clock.nowNs() }
    const recorder = new ExchangeRecorder(request, moments, options.worker, sink, (endNs) => {
      clearTimeout(timer)
      inFlight.delete(request.id)
      // Later in the turn, when the connection of this request is free again.
      setImmediate(() => pacer.landed(endNs))
    })
    inFlight.set(request.id, () => {})
    const abort = startExchange(ports.client, clock, () => ports.encode(request), recorder)
    if (!inFlight.has(request.id)) return
    inFlight.set(request.id, abort)
    if (options.requestTimeoutNs === null) return
    const detail = `no complete answer within the request timeout of ${options.requestTimeoutNs / 1e9} s`
    timer = setTimeout(
      () => abort({ reason: 'stream-timeout', detail }),
      Math.ceil(options.requestTimeoutNs / 1e6),
    )
  }

  function settle(): void {
    if (done || pacer.lastDueNs === null) return
    if (pacer.exhausted && inFlight.size === 0) {
      done = true
      cancelHardEnd?.()
      ports.onDone()
    } else {
      cancelHardEnd ??= waker.wakeAt(pacer.lastDueNs + options.drainNs, abort)
    }
  }

  /** Requests that were due but held back by a cap keep a row: never sent, not finished. */
  function stop(): void {
    if (done) return
    const nowNs = clock.nowNs()
    for (const { request, dueNs } of pacer.halt()) {
      const moments = { dueNs, dispatchedNs: nowNs }
      new ExchangeRecorder(request, moments, options.worker, sink, () => {}).onFailure(nowNs, RUN_ENDED)
    }
    // The drain time counts from here now.
    cancelHardEnd?.()
    cancelHardEnd = undefined
    settle()
  }

  function abort(): void {
    stop()
    for (const abortExchange of [...inFlight.values()]) abortExchange(RUN_ENDED)
  }

  return {
    offer: (requests, last) => pacer.offer(requests, last),
    start: () => {
      waker.wakeAt(0, () => pacer.start())
    },
    stop,
    abort,
    get inFlight() {
      return inFlight.size
    },
    get dispatched() {
      return dispatched
    },
  }
}
