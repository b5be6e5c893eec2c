import { expect, test } from 'vitest'
import { createVirtualTime } from '../../test/virtual-time.ts'
import { createClosedLoop } from './closed-loop.ts'
import type { Pacer } from './pacer.ts'
import type { EngineRequest } from './request.ts'

const request = (id: number): EngineRequest => ({
  id,
  dueNs: null,
  prompt: '',
  promptTokens: 1,
  outputTokens: 1,
})

/** Users whose answers all take `serviceNs`. */
function run(options: { users: number; requests: number; durationNs: number | null; serviceNs: number }) {
  const time = createVirtualTime()
  const sent: { id: number; dueNs: number }[] = []
  let hungry = 0
  let inFlight = 0
  let mostInFlight = 0
  const pacer: Pacer = createClosedLoop(
    { users: options.users, durationNs: options.durationNs, onHungry: () => (hungry += 1) },
    {
      nowNs: time.nowNs,
      wakeAt: time.wakeAt,
      hasRoom: () => true,
      dispatch({ id }, dueNs) {
        sent.push({ id, dueNs })
        inFlight += 1
        mostInFlight = Math.max(mostInFlight, inFlight)
        time.wakeAt(time.nowNs() + options.serviceNs, () => {
          inFlight -= 1
          pacer.landed(time.nowNs())
        })
      },
      onChange: () => {},
    },
  )
  const ids = Array.from({ length: options.requests }, (_, id) => request(id))
  pacer.offer(ids, true)
  pacer.start()
  time.advanceTo(1e9)
  return { sent, pacer, mostInFlight, hungry }
}

test('each user sends the next request when the last answer has ended', () => {
  const { sent, mostInFlight } = run({ users: 2, requests: 6, durationNs: null, serviceNs: 100 })
  expect(sent.map(({ dueNs }) => dueNs)).toEqual([0, 0, 100, 100, 200, 200])
  expect(sent.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5])
  expect(mostInFlight).toBe(2)
})

test('no request becomes due at or after the duration', () => {
  const { sent, pacer } = run({ users: 1, requests: 100, durationNs: 300, serviceNs: 100 })
  expect(sent.map(({ dueNs }) => dueNs)).toEqual([0, 100, 200])
  expect(pacer.exhausted).toBe(true)
  expect(pacer.lastDueNs).toBe(300)
})

test('the duration ends the run even while every user waits for an answer', () => {
  const { pacer } = run({ users: 1, requests: 100, durationNs: 300, serviceNs: 5e9 })
  expect(pacer.lastDueNs).toBe(300)
})

test('more users than requests leaves users idle', () => {
  const { sent, pacer } = run({ users: 5, requests: 3, durationNs: null, serviceNs: 10 })
  expect(sent).toHaveLength(3)
  expect(pacer.lastDueNs).toBe(0)
})

test('asks for more requests while its stock is low and more may come', () => {
  const time = createVirtualTime()
  let hungry = 0
  const pacer = createClosedLoop(
    { users: 4, durationNs: null, onHungry: () => (hungry += 1) },
    { ...time, hasRoom: () => true, dispatch: () => {}, onChange: () => {} },
  )
  pacer.start()
  expect(hungry).toBe(1)
  pacer.offer(
    Array.from({ length: 20 }, (_, id) => request(id)),
    false,
  )
  expect(hungry).toBe(1)
})
