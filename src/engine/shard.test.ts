import { expect, onTestFinished, test } from 'vitest'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import { createWaker } from '../clock/waker.ts'
import type { Client, ExchangeObserver } from './client.ts'
import type { ExchangeEnd } from './exchange.ts'
import type { EngineRequest } from './request.ts'
import { createShard, type ShardOptions } from './shard.ts'

const OPTIONS: ShardOptions = {
  worker: 0,
  users: null,
  maxConcurrency: null,
  durationNs: null,
  drainNs: 60e9,
  requestTimeoutNs: null,
}

const request = (id: number, dueNs: number | null): EngineRequest => ({
  id,
  dueNs,
  prompt: '',
  promptTokens: 1,
  outputTokens: 1,
})

/** A shard over a client that answers when told. */
function start(options: Partial<ShardOptions>, requests: readonly EngineRequest[], last = true) {
  const clock = createMonotonicClock(createMonotonicClock().nowNs())
  const waker = createWaker(clock)
  onTestFinished(waker.close)
  const open: ExchangeObserver[] = []
  const ends: ExchangeEnd[] = []
  const client: Client = {
    send(_, observer) {
      open.push(observer)
      return (failure) => observer.onFailure(clock.nowNs(), failure)
    },
    close: async () => {},
  }
  const { promise: done, resolve } = Promise.withResolvers<void>()
  const shard = createShard(
    { ...OPTIONS, ...options },
    {
      client,
      clock,
      waker,
      encode: () => ({ path: '/', headers: {}, body: '' }),
      sink: { segment: () => {}, end: (end) => ends.push(end) },
      onHungry: () => {},
      onDone: resolve,
    },
  )
  shard.offer(requests, last)
  shard.start()
  return { shard, open, ends, done, clock }
}

const turns = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('is done when the last answer has ended', async () => {
  const { open, ends, done, clock, shard } = start({}, [request(0, 0), request(1, 0)])
  await turns(20)
  expect(shard.inFlight).toBe(2)
  for (const observer of open) observer.onEnd(clock.nowNs())
  await done
  expect(ends.map(({ failure }) => failure)).toEqual([null, null])
})

test('an empty share is done at once', async () => {
  const { done } = start({}, [])
  await done
})

test('a stop sends nothing more and is done once answers on the wire have ended', async () => {
  const { open, ends, done, clock, shard } = start({}, [request(0, 0), request(1, 3600e9)], false)
  await turns(20)
  shard.stop()
  shard.offer([request(2, 0)], true)
  open[0]!.onEnd(clock.nowNs())
  await done
  expect(open).toHaveLength(1)
  expect(ends).toHaveLength(1)
})

test('an abort ends what is on the wire as unfinished', async () => {
  const { ends, done, shard } = start({}, [request(0, 0), request(1, 0)])
  await turns(20)
  shard.abort()
  await done
  expect(ends.map(({ failure }) => failure?.reason)).toEqual(['unfinished', 'unfinished'])
})

test('the drain time after the last due request is a hard end', async () => {
  const { ends, done } = start({ drainNs: 30e6 }, [request(0, 0)])
  await done
  expect(ends[0]?.failure?.reason).toBe('unfinished')
  expect(ends[0]!.moments.endNs).toBeGreaterThanOrEqual(30e6)
})

test('requests that a cap held back until the end keep a row: due, never sent', async () => {
  const { ends, done } = start({ drainNs: 30e6, maxConcurrency: 1 }, [request(0, 0), request(1, 5)])
  await done
  const held = ends.find(({ id }) => id === 1)
  expect(held?.failure?.reason).toBe('unfinished')
  expect(held?.moments).toMatchObject({ dueNs: 5, sentNs: null, headersNs: null })
})

test('a request that takes longer than its timeout is given up', async () => {
  const { ends, done } = start({ requestTimeoutNs: 20e6 }, [request(0, 0)])
  await done
  expect(ends[0]?.failure).toEqual({
    reason: 'stream-timeout',
    detail: 'no complete answer within the request timeout of 0.02 s',
  })
})

test('a closed loop sends the next request when the last has ended, due at that moment', async () => {
  const { open, ends, done, clock } = start({ users: 1 }, [request(0, null), request(1, null)])
  await turns(20)
  expect(open).toHaveLength(1)
  const endNs = clock.nowNs()
  open[0]!.onEnd(endNs)
  await turns(20)
  open[1]!.onEnd(clock.nowNs())
  await done
  expect(ends[1]?.moments.dueNs).toBe(endNs)
})
