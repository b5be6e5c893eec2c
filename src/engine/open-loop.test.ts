import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createVirtualTime } from '../../test/virtual-time.ts'
import { createOpenLoop } from './open-loop.ts'
import type { EngineRequest } from './request.ts'

const request = (id: number, dueNs: number): EngineRequest => ({
  id,
  dueNs,
  prompt: '',
  promptTokens: 1,
  outputTokens: 1,
})

function run(
  dueTimes: readonly number[],
  options: { room?: (sent: number) => boolean; startNs?: number } = {},
) {
  const time = createVirtualTime(options.startNs ?? -1e6)
  const sent: { id: number; dueNs: number; atNs: number }[] = []
  const pacer = createOpenLoop({
    nowNs: time.nowNs,
    wakeAt: time.wakeAt,
    hasRoom: () => options.room?.(sent.length) ?? true,
    dispatch: ({ id }, dueNs) => sent.push({ id, dueNs, atNs: time.nowNs() }),
    onChange: () => {},
  })
  pacer.offer(
    dueTimes.map((dueNs, id) => request(id, dueNs)),
    true,
  )
  pacer.start()
  return { time, sent, pacer }
}

test('sends every request at its due time, in the order of the plan', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { maxLength: 40 }), (times) => {
      const dueTimes = times.toSorted((a, b) => a - b)
      const { time, sent, pacer } = run(dueTimes)
      time.advanceTo(2e9)
      expect(sent).toEqual(dueTimes.map((dueNs, id) => ({ id, dueNs, atNs: dueNs })))
      expect(pacer.exhausted).toBe(true)
    }),
  )
})

test('a late start sends all that is due at once and does not shift what comes later', () => {
  const { time, sent } = run([0, 10, 20, 1000], { startNs: 50 })
  expect(sent.map(({ id, atNs }) => [id, atNs])).toEqual([
    [0, 50],
    [1, 50],
    [2, 50],
  ])
  time.advanceTo(2000)
  expect(sent.at(-1)).toEqual({ id: 3, dueNs: 1000, atNs: 1000 })
})

test('a cap holds requests back without changing when they were due', () => {
  let allowed = 1
  const { time, sent, pacer } = run([0, 100, 200], { room: (sent) => sent < allowed })
  time.advanceTo(500)
  expect(sent.map(({ id }) => id)).toEqual([0])
  allowed = 2
  pacer.landed(500)
  expect(sent.at(-1)).toEqual({ id: 1, dueNs: 100, atNs: 500 })
})

test('knows its last due time only when no more requests will come', () => {
  const time = createVirtualTime()
  const ports = { ...time, hasRoom: () => true, dispatch: () => {}, onChange: () => {} }
  const pacer = createOpenLoop(ports)
  pacer.offer([request(0, 70)], false)
  expect(pacer.lastDueNs).toBeNull()
  pacer.offer([request(1, 90)], true)
  expect(pacer.lastDueNs).toBe(90)
})

test('a halt returns what was due but held back, and forgets what was not due', () => {
  const { time, pacer } = run([0, 100, 9000], { room: () => false })
  time.advanceTo(500)
  expect(pacer.halt().map(({ request: { id }, dueNs }) => [id, dueNs])).toEqual([
    [0, 0],
    [1, 100],
  ])
  expect(pacer.exhausted).toBe(true)
  expect(pacer.lastDueNs).toBe(500)
})
